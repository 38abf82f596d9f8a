"""Invitations, changes, cancellations and feeds, to the byte; text stays text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from portal.calendars import Meeting, cancellation, feed, invitation
from tests.calendars.cases import CLOSED, MEETING, MOVED, TO, TO_LIAISON, golden
from tests.calendars.readers import by_ical_js, by_icalendar, by_vobject

EVIL = "Talks\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged@x.example\r\nSUMMARY:Forged"
BREAKS = ["\r\n", "\n", "\r", "\n ", "\x0b", "\x0c", "\x1e", "\x85", "\u2028", "\u2029", "\x00"]
# Text as people write it, with every character that means something to a calendar.
texts = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\r\n\t\\,;:\"'^\x85\u2028"), max_size=80
)
TEXTS = ("uid", "title", "place", "link", "words")
MAKERS: dict[str, Callable[[Meeting], bytes]] = {
    "REQUEST": lambda meeting: invitation(meeting, **TO_LIAISON),
    "CANCEL": lambda meeting: cancellation(meeting, **TO_LIAISON),
    "": lambda meeting: feed([meeting], name="Meetings"),
}


def lines_of(data: bytes) -> list[str]:
    """Content lines, unfolded as RFC 5545 (3.1) says."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def person_in(data: bytes) -> dict[str, str]:
    """The parameters of the one who is asked, as icalendar reads them."""
    event: Any = Calendar.from_ical(data).walk("VEVENT")[0]
    return dict(event["attendee"].params)


def names_of(data: bytes) -> list[str]:
    return [line.partition(":")[0].partition(";")[0] for line in lines_of(data)]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("invitation.ics", invitation(MEETING, **TO_LIAISON)),
        ("update.ics", invitation(MOVED, **TO_LIAISON)),
        ("cancellation.ics", cancellation(replace(MOVED, sequence=2), **TO_LIAISON)),
        ("feed.ics", feed([MOVED, CLOSED], name="Meetings of the telco's liaison")),
    ],
)
def test_the_bytes_are_those_that_were_looked_at(name: str, made: bytes) -> None:
    assert made == golden(name)


def test_a_change_keeps_who_and_what_and_raises_the_sequence() -> None:
    before, after = (by_icalendar(invitation(one, **TO_LIAISON))[0] for one in (MEETING, MOVED))
    assert (after.uid, after.asked, after.method) == (before.uid, before.asked, "REQUEST")
    assert (before.sequence, after.sequence) == (0, 1)
    assert after.starts_at - before.starts_at == timedelta(days=1)


def test_an_invitation_asks_one_person_and_where_answers_go() -> None:
    lines = lines_of(invitation(MEETING, **TO_LIAISON))
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        'ATTENDEE;CN="Liaison, Telco";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:'
        "mailto:liaison@telco.example"
    ]
    assert f'ORGANIZER;CN="Good Offices":mailto:{TO}' in lines


def test_a_link_is_said_both_ways_and_no_link_neither() -> None:
    lines = lines_of(invitation(MEETING, **TO_LIAISON))
    assert f"URL:{MEETING.link}" in lines
    assert f"CONFERENCE;VALUE=URI:{MEETING.link}" in lines
    assert not {"URL", "CONFERENCE", "LOCATION", "DESCRIPTION"} & set(
        names_of(invitation(CLOSED, **TO_LIAISON))
    )


def test_a_cancellation_is_cancelled_asks_nothing_and_shows_no_way_in() -> None:
    data = cancellation(MOVED, **TO_LIAISON)
    lines = lines_of(data)
    assert "METHOD:CANCEL" in lines
    assert "STATUS:CANCELLED" in lines
    assert "RSVP" not in data.decode()
    assert not {"URL", "CONFERENCE"} & set(names_of(data))


def test_a_feed_has_no_method_and_names_nobody() -> None:
    data = feed([MEETING, CLOSED], name="Mine, all\r\nMETHOD:CANCEL")
    assert not {"METHOD", "ATTENDEE", "ORGANIZER"} & set(names_of(data))
    assert "X-WR-CALNAME:Mine\\, all METHOD:CANCEL" in lines_of(data)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines_of(data)


def test_a_feed_is_the_same_in_whatever_order_it_was_given() -> None:
    assert feed(iter([MOVED, CLOSED]), name="Mine") == feed([CLOSED, MOVED], name="Mine")


def test_a_feed_of_nothing_is_a_calendar() -> None:
    assert by_icalendar(feed([], name="Mine")) == by_vobject(feed([], name="Mine")) == []


@pytest.mark.parametrize("method", MAKERS)
@pytest.mark.parametrize(
    ("marking", "confidential"),
    [("CLEAR", False), ("GREEN", False), ("AMBER", True), ("AMBER+STRICT", True), ("RED", True)],
)
def test_what_is_marked_above_green_is_confidential(
    method: str, marking: str, confidential: bool
) -> None:
    data = MAKERS[method](replace(MEETING, marking=marking))
    assert ("CLASS:CONFIDENTIAL" in lines_of(data)) is confidential


def test_a_marking_nobody_knows_is_confidential() -> None:
    assert b"\r\nCLASS:CONFIDENTIAL\r\n" in feed([replace(MEETING, marking="?")], name="Mine")


@pytest.mark.parametrize("method", MAKERS)
@pytest.mark.parametrize("field", ["title", "place", "words", "uid"])
def test_text_begins_no_line_of_its_own(method: str, field: str) -> None:
    """Attack case C6."""
    made = MAKERS[method](replace(MEETING, **{field: EVIL}))
    for read in (by_icalendar, by_vobject):
        (event,) = read(made)
        assert event.kind == "VEVENT"
        assert event.uid != "forged@x.example"
        assert event.title != "Forged"
    names = names_of(made)
    assert (names.count("BEGIN"), names.count("UID"), names.count("SUMMARY")) == (2, 1, 1)


@pytest.mark.parametrize("between", BREAKS, ids=repr)
def test_nothing_that_ends_a_line_for_anybody_is_left(between: str) -> None:
    evil = f"a{between}BEGIN:VEVENT"
    meeting = replace(MEETING, title=evil, place=evil, link=f"https://x.example/{evil}", words=evil)
    person = {**TO_LIAISON, "attendee_name": evil}
    data = invitation(meeting, **person).replace(b"\r\n", b"|")
    assert data.decode().splitlines() == [data.decode()]
    assert b"\x00" not in data
    assert b"|BEGIN:VEVENT|" in data
    assert data.count(b"|BEGIN:") == 1


def test_a_name_cannot_break_out_of_its_quotation_marks() -> None:
    person = {**TO_LIAISON, "attendee_name": 'x";RSVP=FALSE:mailto:y@y.example\r\nX:"'}
    made = invitation(MEETING, **person)
    (attendee,) = [line for line in lines_of(made) if line.startswith("ATTENDEE")]
    assert attendee.endswith(";RSVP=TRUE:mailto:liaison@telco.example")
    assert attendee.startswith("ATTENDEE;CN=\"x';RSVP=FALSE:mailto:y@y.example X:'\";")
    assert by_vobject(made)[0].asked == ("mailto:liaison@telco.example",)


@pytest.mark.parametrize("name", ["\\", "Desk\\", "a\\;b", "a:b;c,d", "^n^'", "Δεσμός 🎈"])
def test_a_name_hides_nothing_of_what_follows_it(name: str) -> None:
    made = invitation(MEETING, **{**TO_LIAISON, "attendee_name": name})
    person = person_in(made)
    assert person.pop("CN") == name.replace("\\", "/")
    assert person == {
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    ((event,),) = by_ical_js([made])
    assert event.asked == by_vobject(made)[0].asked == ("mailto:liaison@telco.example",)


def test_who_has_no_name_is_called_by_the_address() -> None:
    person = {**TO_LIAISON, "attendee_name": "\r\n"}
    assert "CN=liaison@telco.example;" in "".join(lines_of(invitation(MEETING, **person)))


@pytest.mark.parametrize(
    "address",
    ["", "x", "@y.example", "x@", "x@y.example\r\nX:1", "x y@y.example", "a,b@y.example", "a@b@c"],
)
@pytest.mark.parametrize("whose", ["attendee", "organiser"])
def test_what_is_no_address_is_refused(whose: str, address: str) -> None:
    for make in (invitation, cancellation):
        with pytest.raises(ValueError, match="address"):
            make(MEETING, **{**TO_LIAISON, whose: address})


def test_an_address_stands_as_a_uri() -> None:
    made = invitation(MEETING, **{**TO_LIAISON, "attendee": "a%b?c+d@y.example"})
    assert by_icalendar(made)[0].asked == ("mailto:a%25b%3Fc+d@y.example",)


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("https://x.example/%C3%A9?a=1#top", "https://x.example/%C3%A9?a=1#top"),
        ("tel:+358-9-555-0100", "tel:+358-9-555-0100"),
        ("javascript:alert(1)", None),
        ("file:///etc/hosts", None),
        ("meet.example/r", None),
    ],
)
def test_a_link_leads_to_a_page_or_a_telephone_or_is_left_out(link: str, kept: str | None) -> None:
    urls = [line for line in lines_of(MAKERS[""](replace(MEETING, link=link))) if "URL" in line]
    assert urls == ([f"URL:{kept}"] if kept else [])


def test_instants_without_a_zone_and_meetings_without_a_length_are_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        replace(MEETING, changed_at=datetime(2026, 12, 3, 13, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="ends after it starts"):
        replace(MEETING, ends_at=MEETING.starts_at)


def test_the_same_instants_in_another_zone_give_the_same_bytes() -> None:
    east = timezone(timedelta(hours=5, minutes=45))
    moved = {name: getattr(MEETING, name).astimezone(east) for name in ("starts_at", "changed_at")}
    for make in MAKERS.values():
        assert make(replace(MEETING, **moved)) == make(MEETING)


@given(st.fixed_dictionaries(dict.fromkeys(TEXTS, texts)), texts)
@settings(deadline=None, max_examples=200)
def test_any_text_makes_one_event_that_others_read_alike(said: dict[str, str], name: str) -> None:
    said["link"] = f"https://x.example/{said['link']}"
    meeting = replace(MEETING, **said)
    for made in (
        invitation(meeting, **{**TO_LIAISON, "attendee_name": name}),
        feed([meeting], name=name),
    ):
        assert all(len(line) <= 75 for line in made.split(b"\r\n"))
        (mine,), (theirs,) = by_icalendar(made), by_vobject(made)
        assert (mine.kind, theirs.kind) == ("VEVENT", "VEVENT")
        assert mine.starts_at == theirs.starts_at == MEETING.starts_at
        assert Calendar.from_ical(made).to_ical() == made


@given(st.lists(st.tuples(texts, texts), min_size=20, max_size=40))
@settings(deadline=None, max_examples=4)
def test_a_third_program_reads_one_event_whatever_was_written(said: list[tuple[str, str]]) -> None:
    many = [
        invitation(replace(MEETING, title=t, words=w), **{**TO_LIAISON, "attendee_name": t})
        for t, w in said
    ]
    for events, data in zip(by_ical_js(many), many, strict=True):
        (event,) = events
        assert event.starts_at == MEETING.starts_at.astimezone(UTC)
        assert event.asked == ("mailto:liaison@telco.example",)
        assert event == by_icalendar(data)[0]


def test_a_cancellation_can_leave_out_when_it_takes_place() -> None:
    data = cancellation(MOVED, **TO_LIAISON, timed=False)
    assert not {"DTSTART", "DTEND"} & set(names_of(data))
    assert {f"UID:{MOVED.uid}", f"SEQUENCE:{MOVED.sequence}"} <= set(lines_of(data))
