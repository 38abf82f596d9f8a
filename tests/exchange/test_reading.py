"""What a file gives: each real one, each hand-made one, and nothing from a hostile one."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import Pap, Tlp
from portal.exchange import Found, Unreadable, lean, read_any
from tests.cast import NOW
from tests.exchange.samples import BUNDLE, EVENT, REAL, as_bytes

# Name, title, TLP, PAP, kind, number of signs, number of tags.
EXPECTED = {
    "misp/atm-deposit-forgery": ("ATM Vuln", Tlp.CLEAR, Pap.AMBER, "malicious-code", 16, 5),
    "misp/spear-phishing-telco": (
        "Spear-phishing", Tlp.AMBER_STRICT, Pap.RED, "fraud", 25, 9,
    ),
    "stix/apt1": ("APT1", Tlp.AMBER_STRICT, Pap.AMBER, "malicious-code", 12, 0),
    "stix/defining-campaigns-threat-actors-intrusion-sets": (
        "Operation Bran", Tlp.AMBER_STRICT, Pap.AMBER, "threat", 0, 0,
    ),
    "stix/using-granular-markings": ("Fake email", Tlp.RED, Pap.AMBER, "threat", 1, 0),
    "stix/using-marking-definitions": ("Known malicious", Tlp.AMBER, Pap.AMBER, "threat", 1, 0),
}  # fmt: skip


def real(name: str) -> bytes:
    path = REAL / f"{name}.json"
    if not path.exists():
        pytest.skip("the real files do not lie beside this checkout")
    return path.read_bytes()


def words(found: Found) -> str:
    return " | ".join(line.message % line.values for line in found.notes + found.left)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_real_file_gives_its_draft(name: str) -> None:
    found = read_any(real(name), NOW)
    title, *rest = EXPECTED[name]
    assert found.text.title.startswith(title)
    assert [found.text.tlp, found.text.pap, found.text.kind] == rest[:3]
    assert [len(found.signs), len(found.tags)] == rest[3:]
    assert found.text.problems(NOW) == {}
    assert read_any(lean(real(name)), NOW).text == found.text


@pytest.mark.parametrize("name", ["csaf/bsi-2022-0001", "csaf/icsma-24-200-01"])
def test_an_advisory_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_any(real(name), NOW)
    assert "CSAF" in refused.value.problems["file"]


def test_an_event_gives_markings_times_sectors_signs_and_tags() -> None:
    found = read_any(as_bytes(EVENT), NOW)
    text = found.text
    assert (text.title, text.tlp, text.pap) == (
        "Wiper in an accounting update",
        Tlp.RED,
        Pap.RED,
    ), "one attribute is stricter than the event"
    assert text.kind == "malicious-code"
    assert text.sectors == ("digital-infrastructure",)
    assert text.countries == ("KE",)
    assert text.began_at is not None
    assert text.began_at.isoformat() == "2026-11-09T08:00:00+00:00"
    assert text.detected_at is not None
    assert text.detected_at.date().isoformat() == "2026-11-10"
    assert text.detected_certainty == "estimated"
    assert "Seen in two sites" in text.body
    values = [(sign.type, sign.value, sign.detection) for sign in found.signs]
    assert values == [
        ("ip-dst", "192.0.2.7", True),
        ("sha256", "a" * 64, False),
        ("domain", "update.example", False),
        ("filename", "it's.exe", False),
        ("attachment", "it.bin", False),
    ]
    assert 'admiralty-scale:source-reliability="b"' in found.tags
    for word in ("strictest, TLP:RED", "details of a person", "content of a file", "size-in-bytes"):
        assert word in words(found)
    assert b"QUJD" not in lean(as_bytes(EVENT))


def test_a_bundle_gives_claims_as_claims() -> None:
    found = read_any(as_bytes(BUNDLE), NOW)
    assert (found.text.title, found.text.tlp) == ("Ledgers wiped", Tlp.AMBER_STRICT)
    assert found.text.pap == Pap.GREEN
    assert "claims of its author, not findings" in found.text.body
    assert [(s.type, s.value) for s in found.signs] == [("ipv4-addr", "192.0.2.9")]
    assert found.tags == ("house:tag", 'stix:confidence="70"')
    assert "1 × opinion: not taken." in words(found)


@pytest.mark.parametrize("number", [b"1e999", b"-1e999"])
def test_a_number_that_nothing_holds_is_refused_at_once(number: bytes) -> None:
    """Read as infinity it went back to the page as a word that JSON does not have."""
    with pytest.raises(Unreadable) as refused:
        lean(b'{"Event": {"info": "x", "date": "2026-11-01", "n": %s}}' % number)
    assert "too large" in refused.value.problems["file"]


def test_times_that_lie_ahead_are_left_out() -> None:
    event = {"Event": {**EVENT["Event"], "date": "2027-01-01", "Attribute": []}}
    found = read_any(as_bytes(event), NOW)
    assert found.text.detected_at is None
    assert "future time" in words(found)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"hello", "not a JSON"),
        (b"\xff\xfe\x00", "not a JSON"),
        (b"[]", "several events or none"),
        (b"{}", "not a MISP event"),
        (b'{"a": NaN}', "not a JSON"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not a JSON"),
        (b"[" * 100_000, "not a JSON"),
        (b'{"a":' * 80 + b"1" + b"}" * 80, "too deeply"),
        (b" " * 4_000_001, "larger than 4 MB"),
        (as_bytes({"response": []}), "several events or none"),
        (as_bytes({"response": [1, {"Event": "x"}]}), "this one holds none"),
        (as_bytes({"type": "bundle", "spec_version": "2.0", "objects": []}), "STIX 2.0"),
        (as_bytes({"type": "bundle", "objects": []}), "holds no report"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_any(data, NOW)
    assert word in refused.value.problems["file"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["info", "date", "Tag", "name", "Attribute", "Object", "type", "value", "id",
                 "objects", "labels", "pattern", "hashes", "extensions", "first_seen",
                 "EventReport", "target_ref", "relationship_type",
                 "object_marking_refs", "granular_markings", "spec_version", "definition"]
            ),
            inside,
            max_size=4,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(JSON, st.booleans())
def test_no_file_breaks_the_reader(value: Any, misp: bool) -> None:
    things = value if isinstance(value, list) else [value]
    heads = [{"type": kind, "spec_version": "2.1", "name": "x"} for kind in ("report", "file")]
    top = {"Event": value} if misp else {"type": "bundle", "objects": [*heads, *things]}
    try:
        found = read_any(json.dumps(top).encode(), NOW)
    except Unreadable:
        return
    assert not found.text.problems(NOW)
    assert all(sign.value and "\x00" not in sign.value for sign in found.signs)
