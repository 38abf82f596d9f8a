"""What is taken, and that the rest is said: versions, revocation, several reports, deletions."""

from typing import Any

import pytest

from portal.errors import Invalid
from portal.exchange import Found, Unreadable, read_any, settled
from tests.cast import NOW
from tests.exchange.samples import BUNDLE, EVENT, as_bytes, bundle, event, report
from tests.exchange.test_reading import EXPECTED, real

LATER = "2026-11-09T10:00:00Z"


def indicator(n: int, **values: Any) -> dict[str, Any]:
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{n}",
        "modified": "2026-11-01T10:00:00Z",
        "name": f"Host {n}",
        "pattern": f"[domain-name:value = 'd{n}.example']",
        "pattern_type": "stix",
        "valid_from": "2026-11-01T10:00:00Z",
        **values,
    }


def of(*things: Any, part: str = "") -> Found:
    return read_any(as_bytes(bundle(*things)), NOW, part)


def words(found: Found) -> str:
    return " | ".join(line.message % line.values for line in found.left)


def values(found: Found) -> list[str]:
    return [sign.value for sign in found.signs]


def left_of(found: Found) -> int:
    """How many objects the sentences speak of; what is only taken in part is no object."""
    partly = (
        "content of a file",
        "future time",
        "not a time",
        ": cut",
        "label",
        "× tag",
        "a part of",
    )
    said = [(line.message % line.values, line.values["n"]) for line in found.left]
    return sum(n for words, n in said if not any(word in words for word in partly))


@pytest.mark.parametrize("flag", [True, "true", "1", 1])
def test_a_revoked_object_is_not_live(flag: object) -> None:
    found = of(report(), indicator(1), indicator(2, revoked=flag))
    assert values(found) == ["[domain-name:value = 'd1.example']"]
    assert "1 × indicator: not taken. Its source has revoked it. (Host 2)" in words(found)
    with pytest.raises(Unreadable) as refused:
        of(report(revoked=flag))
    assert "revoked" in refused.value.problems["file"]


@pytest.mark.parametrize("flag", [False, "false", "0", 0, None, ""])
def test_an_object_that_is_not_revoked_is_live(flag: object) -> None:
    assert len(of(report(revoked=flag), indicator(1, revoked=flag)).signs) == 1


def test_whether_it_is_revoked_must_be_readable() -> None:
    found = of(report(), indicator(1, revoked="perhaps"))
    assert found.signs == ()
    assert "cannot be read" in words(found)


@pytest.mark.parametrize("newer_first", [True, False])
def test_the_latest_version_counts_wherever_it_stands(newer_first: bool) -> None:
    old = indicator(1, modified="2026-11-01T09:00:00+00:00")
    new = indicator(1, modified="2026-11-01 10:30:00", pattern="[a:b = 'new']")
    pair = (new, old) if newer_first else (old, new)
    found = of(*pair, report(modified=LATER, name="New title"), report(name="Old title"))
    assert (values(found), found.text.title) == (["[a:b = 'new']"], "New title")
    assert "1 × indicator: not taken. The file holds a later version" in words(found)
    assert "1 × report: not taken. The file holds a later version" in words(found)


@pytest.mark.parametrize("revoked_at", ["2026-10-01T10:00:00Z", LATER])
def test_a_revocation_is_for_good(revoked_at: str) -> None:
    assert of(report(), indicator(1, modified=revoked_at, revoked=True), indicator(1)).signs == ()


@pytest.mark.parametrize(
    ("until", "live"),
    [("2026-11-02T00:00:00Z", False), ("2027-01-01T00:00:00Z", True), (None, True), ("x", False)],
)  # fmt: skip
def test_an_indicator_whose_validity_has_ended_is_not_live(until: object, live: bool) -> None:
    found = of(report(), indicator(1, valid_until=until))
    assert bool(found.signs) is live
    assert live or "1 × indicator: not taken." in words(found)


def test_several_reports_are_chosen_from() -> None:
    things = (
        report(1, object_refs=["indicator--1", "indicator--3"]),
        report(2, object_refs=["indicator--2", "indicator--3"], description="Body two"),
        *(indicator(n) for n in (1, 2, 3, 4)),
    )
    first = of(*things)
    assert [part.title for part in first.parts] == ["Report 1", "Report 2"]
    assert first.undecided
    with pytest.raises(Invalid) as refused:
        settled(first, None)
    assert list(refused.value.problems) == ["part"]
    second = of(*things, part=first.parts[1].key)
    assert (second.text.title, second.text.body, second.undecided) == (
        "Report 2",
        "Body two",
        False,
    )
    assert [sign.comment for sign in second.signs] == ["Host 2", "Host 3", "Host 4"]
    assert "1 × indicator: not taken. It belongs to another part of the file. (Host 1)" in words(
        second
    )
    with pytest.raises(Invalid):
        of(*things, part="77")


def test_a_report_inside_another_is_no_choice_and_its_text_is_kept() -> None:
    inner = {"type": "grouping", "id": "grouping--1", "name": "Part", "description": "Inner words"}
    found = of(report(object_refs=["grouping--1"], description="Outer words"), inner)
    assert found.parts == ()
    assert found.text.body == "Outer words\n\n## Part\n\nInner words"
    ring = of(report(1, object_refs=["report--2"]), report(2, object_refs=["report--1"]))
    assert len(ring.parts) == 2


def test_too_many_reports_are_refused_with_their_number() -> None:
    with pytest.raises(Unreadable):
        of(*(report(n) for n in range(51)))


def test_a_file_is_taken_by_its_name_when_it_has_no_digest() -> None:
    found = of(report(), {"type": "file", "id": "file--1", "name": "evil.exe"})
    assert [(sign.type, sign.value) for sign in found.signs] == [("filename", "evil.exe")]


def test_notes_groupings_and_unknown_types_are_said() -> None:
    found = of(
        report(), {"type": "note", "id": "note--1", "content": "x"}, {"type": "x-own"}, 5, {}
    )
    assert "1 × note: not taken. Notes on other objects are not imported. (note--1)" in words(found)
    assert "1 × x-own: not taken. The portal has no place for it." in words(found)
    assert found.used + left_of(found) == found.whole == 5


@pytest.mark.parametrize("name", EXPECTED)
def test_each_object_of_a_real_file_is_used_or_left(name: str) -> None:
    found = read_any(real(name), NOW)
    assert found.used + left_of(found) == found.whole
    assert found.used > 0


@pytest.mark.parametrize("sample", [EVENT, BUNDLE])
def test_each_object_of_a_sample_is_used_or_left(sample: dict[str, Any]) -> None:
    found = read_any(as_bytes(sample), NOW)
    assert found.used + left_of(found) == found.whole


def of_event(**more: Any) -> Found:
    return read_any(as_bytes(event(Tag=[{"name": "tlp:amber"}], **more)), NOW)


@pytest.mark.parametrize("flag", ["0", "false", 0, False, None, ""])
def test_what_is_not_deleted_is_taken_however_that_is_written(flag: object) -> None:
    row = {"type": "ip-dst", "value": "192.0.2.7", "deleted": flag, "to_ids": "1"}
    whole = {"name": "file", "deleted": flag, "Attribute": [{"type": "filename", "value": "a.exe"}]}
    found = of_event(
        Attribute=[row], Object=[whole], EventReport=[{"content": "live", "deleted": flag}]
    )
    assert [(sign.value, sign.detection) for sign in found.signs] == [
        ("192.0.2.7", True),
        ("a.exe", False),
    ]
    assert found.text.body == "live"


@pytest.mark.parametrize("flag", ["1", "true", 1, True, "perhaps"])
def test_what_is_deleted_is_left_and_said(flag: object) -> None:
    row = {"type": "ip-dst", "value": "192.0.2.7", "deleted": flag}
    whole = {"name": "file", "deleted": flag, "Attribute": [{"type": "filename", "value": "a.exe"}]}
    found = of_event(
        Attribute=[row],
        Object=[whole],
        EventReport=[{"name": "R2", "content": "gone", "deleted": flag}],
    )
    assert (found.signs, found.text.body, found.used, found.whole) == ((), "", 0, 3)
    assert "EventReport: not taken." in words(found)
    assert "(R2)" in words(found)


@pytest.mark.parametrize("flag", ["0", "false", 0, None, "", "perhaps", []])
def test_an_attribute_is_for_detection_only_where_that_is_said(flag: object) -> None:
    found = of_event(Attribute=[{"type": "domain", "value": "d.example", "to_ids": flag}])
    assert [sign.detection for sign in found.signs] == [False]


def test_an_event_may_stand_alone_or_in_a_list_of_one() -> None:
    alone = event(Attribute=[{"type": "domain", "value": "d.example"}])
    shapes = [
        alone,
        alone["Event"],
        [alone],
        [alone["Event"]],
        {"response": [alone]},
        {"response": alone},
    ]
    assert {read_any(as_bytes(shape), NOW).text.title for shape in shapes} == {"Test event"}


def test_several_events_are_chosen_from_and_judged_one_by_one() -> None:
    two = [
        event(info="One", Tag=[{"name": "tlp:red"}]),
        event(info="Two", Tag=[{"name": "tlp:green"}]),
    ]
    for shape in (two, {"response": two}):
        found = read_any(as_bytes(shape), NOW)
        assert [part.title for part in found.parts] == ["One", "Two"]
        assert found.undecided
        assert read_any(as_bytes(shape), NOW, "1").text.tlp == "GREEN"


def test_nothing_is_cut_unsaid() -> None:
    prose = [{"type": "text", "value": f"line {n}"} for n in range(61)]
    found = of_event(
        info="t" * 201,
        Attribute=[{"type": "url", "value": "u" * 4001}, {"type": "url"}, *prose, "x"],
        ShadowAttribute=[{"value": "proposed"}],
    )
    for words_ in (
        "× title: cut",
        "1 × url: not taken. Its value is too long",
        "no value that can",
        "1 × text: not taken. There are more",
        "not an object",
        "1 × ShadowAttribute",
    ):
        assert words_ in words(found)  # fmt: skip


def test_words_of_a_file_do_not_run_together() -> None:
    found = of_event(info="Telco\u00a0AB and Telco\u3000Two and می\u200cخواهم")
    assert found.text.title == "Telco AB and Telco Two and می\u200cخواهم"
