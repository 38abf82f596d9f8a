"""What stands inside of what is taken, or beside it, is taken or said as well."""

from typing import Any

import pytest

from models.vocabulary import Tlp
from portal.exchange import Found, Unreadable, read
from tests.cast import NOW
from tests.exchange.samples import bundle, event, report

SIGN = {"type": "ip-dst", "value": "192.0.2.1"}
HASH = {"type": "md5", "value": "0" * 32, "object_relation": "md5"}


def words(found: Found) -> str:
    return " | ".join(line.message % line.values for line in found.left)


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("Tag", [{"name": "kill-chain:Exploitation"}], "kill-chain:Exploitation"),
        ("Galaxy", [{"name": "Threat actor"}], "Threat actor"),
        ("ShadowAttribute", [{"type": "ip-dst", "value": "192.0.2.9"}], "192.0.2.9"),
        ("Sighting", [{"date_sighting": "1"}], ""),
        ("RelatedAttribute", {"value": "x"}, "x"),
    ],
)
def test_what_hangs_on_an_attribute_is_said(key: str, value: Any, name: str) -> None:
    found = read(event(Attribute=[{**SIGN, key: value}]), NOW)
    assert f"1 × {key}, a part of what is taken: not taken." in words(found)
    assert name in words(found)
    assert (found.used, found.whole) == (1, 1)


def test_a_marking_of_an_attribute_is_read_and_not_left() -> None:
    found = read(event(Attribute=[{**SIGN, "Tag": [{"name": "tlp:red"}]}]), NOW)
    assert (found.text.tlp, found.left) == (Tlp.RED, ())


def test_what_an_object_says_counts_for_its_attributes() -> None:
    times = {"first_seen": "2026-11-01T08:00:00+00:00", "last_seen": "2026-11-02T08:00:00+00:00"}
    more = {"ObjectReference": [{"relationship_type": "drops"}], "comment": "on two hosts"}
    thing = {"name": "file", **times, **more, "Attribute": [HASH, {**HASH, "comment": "own"}]}
    found = read(event(Object=[thing]), NOW)
    assert [sign.comment for sign in found.signs] == ["file md5: on two hosts", "file md5: own"]
    assert {str(sign.last_seen_at)[:10] for sign in found.signs} == {"2026-11-02"}
    assert "1 × ObjectReference" in words(found)


def test_objects_without_attributes_are_counted() -> None:
    things = [{"name": "empty", "Attribute": []}, {"name": "none"}, {"Attribute": ["x", 5]}]
    found = read(event(Object=things), NOW)
    assert (found.used, found.whole) == (0, 4)
    assert "2 × Object: not taken. It says nothing by itself. (empty, none)" in words(found)
    assert "2 × Attribute: not taken. It is not an object." in words(found)


def test_lists_that_php_wrote_with_numbers_are_lists() -> None:
    found = read(
        event(
            Attribute={"0": SIGN, "2": {"type": "domain", "value": "x.example"}},
            Object={"1": {"name": "file", "Attribute": {"3": HASH}}},
            EventReport={"0": {"name": "R", "content": "A wiper spread."}},
            Tag={"0": {"name": "tlp:green"}, "4": {"name": "tlp:amber"}},
        ),
        NOW,
    )
    assert [sign.type for sign in found.signs] == ["ip-dst", "domain", "md5"]
    assert "A wiper spread." in found.text.body
    assert (found.text.tlp, found.choices, found.left) == (Tlp.AMBER, (), ())


def test_the_name_of_a_report_stays() -> None:
    reports = [{"name": "Hosts", "content": "Two."}, {"name": "Wiper", "content": "Spread."}]
    assert read(event(info="Wiper", EventReport=reports), NOW).text.body == (
        "## Hosts\n\nTwo.\n\nSpread."
    )


def test_an_event_that_extends_another_says_so() -> None:
    assert "1 × extends_uuid" in words(read(event(extends_uuid="0b9d3c5a"), NOW))


@pytest.mark.parametrize(
    "top",
    [
        [event(), bundle(report())],
        [event(), "x"],
        {"response": [event(), {"errors": "x"}]},
        {"response": [event()], "Event": "x"},
    ],
)
def test_a_list_of_events_holds_nothing_else(top: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        read(top, NOW)
    assert "one by one" in refused.value.problems["file"]


def test_properties_of_stix_that_are_not_taken_are_said() -> None:
    phases = [{"kill_chain_name": "x", "phase_name": "y"}]
    sign = {
        "type": "indicator",
        "id": "indicator--1",
        "pattern": "[a:b = 'c']",
        "pattern_type": "stix",
        "valid_from": "2026-11-01T10:00:00Z",
        "kill_chain_phases": phases,
        "description": "seen",
    }
    actor = {"type": "threat-actor", "id": "threat-actor--1", "name": "A", "aliases": ["B"]}
    refs = [{"source_name": "x", "url": "https://x.example"}]
    found = read(bundle(report(external_references=refs), sign, actor), NOW)
    for name in ("external_references", "kill_chain_phases", "aliases"):
        assert f"1 × {name}, a part of what is taken: not taken." in words(found)
    assert "description" not in words(found)
    assert (found.used, found.whole) == (3, 3)


def test_types_without_end_are_summed_up() -> None:
    things = [{"type": f"x-{n}"} for n in range(3000)]
    found = read(bundle(report(), *things), NOW)
    assert len(found.left) <= 110
    assert sum(line.values["n"] for line in found.left) == 3000


def test_times_and_digests_of_stix_that_cannot_be_read_are_said() -> None:
    sign = {"type": "indicator", "id": "indicator--1", "pattern": "[a:b = 'c']"}
    digests: dict[str, Any] = {"MD5": "0" * 32, "SHA-256": None, "SHA-1": []}
    found = read(
        bundle(
            report(),
            {**sign, "valid_from": "yesterday"},
            {"type": "file", "id": "file--1", "hashes": digests},
        ),
        NOW,
    )
    assert "1 × valid_from: not taken. It is not a time that can be read. (yesterday)" in words(
        found
    )
    assert "2 × hashes, a part of what is taken: not taken." in words(found)
