"""A meeting as calendars take it: invitation, change and cancellation (iTIP, RFC 5546), a feed.

Instants are written in UTC: zones written out by one program are read an hour off by others. What
people wrote cannot begin a line of its own. The same input gives the same bytes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from unicodedata import category
from urllib.parse import quote, urlsplit

from icalendar import Calendar, Event, vCalAddress, vText

from portal.rules import OPEN_BY_MAIL

NAME: Final = "Good Offices"
REQUEST, CANCEL, DECLINE_COUNTER = "REQUEST", "CANCEL", "DECLINECOUNTER"
PUBLISH: Final = "PUBLISH"
CHAIR, PARTICIPANT, OPTIONAL = "CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT"
REFRESH: Final = timedelta(hours=1)
# What ends a line for some reader, or has no place in UTF-8.
UNFIT: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
# No blanks, no controls, none of what parts a list of addresses or needs quotation marks.
ADDRESS: Final = re.compile(r"[^\s\x00-\x20\x7f-\xa0\"(),:;<>@\[\\\]]+@[\w.-]+")
PLAIN_IN_ADDRESS: Final = "@!$'*+/=~"
UNQUOTED: Final = str.maketrans({'"': "'", "\\": "/"})
SCHEMES: Final = frozenset({"https", "http", "sip", "sips", "tel"})


@dataclass(frozen=True)
class Meeting:
    """What of a meeting may go into calendars; for what is marked, `title` is its reference alone.

    `sequence` rises with each change that those invited are told of, `changed_at` is when that was.
    `link` is where to join. Raises ValueError for naive instants and for an end before the start.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    title: str
    place: str
    link: str
    words: str
    marking: str

    def __post_init__(self) -> None:
        if any(at.utcoffset() is None for at in (self.starts_at, self.ends_at, self.changed_at)):
            raise ValueError("an instant without a zone means another one to each reader")
        # In UTC: two times of one zone are compared by the clock on the wall, which may go back.
        if self.ends_at.astimezone(UTC) <= self.starts_at.astimezone(UTC):
            raise ValueError("a meeting ends after it starts")


def invitation(
    meeting: Meeting, *, attendee: str, attendee_name: str, organiser: str, role: str = PARTICIPANT
) -> bytes:
    """The invitation of one person, or the news of a change: METHOD:REQUEST.

    Answers go to `organiser`, which has to stay the same for all e-mails about one uid: calendars
    take a change from nobody else. `role` is a ROLE of RFC 5545 (3.2.16). Raises ValueError for
    what is no address.
    """
    event = _event(meeting, "CONFIRMED")
    asked = {"ROLE": role, "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    _add_people(event, attendee, attendee_name, organiser, asked)
    return _written(_calendar([event], method=REQUEST))


def declined_counter(
    meeting: Meeting, *, attendee: str, attendee_name: str, organiser: str, role: str = PARTICIPANT
) -> bytes:
    """The word to one person that the meeting stays as it is: METHOD:DECLINECOUNTER (RFC 5546)."""
    event = _event(meeting, "CONFIRMED")
    _add_people(event, attendee, attendee_name, organiser, {"ROLE": role})
    return _written(_calendar([event], method=DECLINE_COUNTER))


def cancellation(
    meeting: Meeting,
    *,
    attendee: str,
    attendee_name: str,
    organiser: str,
    role: str = PARTICIPANT,
    timed: bool = True,
) -> bytes:
    """The word to one person that the meeting is off: METHOD:CANCEL. The way in is left out.

    So is when it takes place, unless it is `timed`: calendars find an entry by its UID alone.
    """
    event = _cancelled(replace(meeting, link=""), timed=timed)
    _add_people(event, attendee, attendee_name, organiser, {"ROLE": role})
    return _written(_calendar([event], method=CANCEL))


def announcement(
    meeting: Meeting, *, organiser: str, cancelled: bool = False, timed: bool = True
) -> tuple[bytes, str]:
    """A meeting to enter, or to take out again, that asks nobody for an answer; and its METHOD.

    It is METHOD:PUBLISH, or CANCEL, and names whoever it is from, and no attendee (RFC 5546, 3.2).
    """
    method = CANCEL if cancelled else PUBLISH
    event = _cancelled(meeting, timed=timed) if cancelled else _event(meeting, "CONFIRMED")
    _add_organiser(event, organiser)
    return _written(_calendar([event], method=method)), method


def feed(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """Meetings for a calendar that subscribes to them, by time; it names nobody, asks nothing."""
    in_order = sorted(meetings, key=lambda one: (one.starts_at.astimezone(UTC), one.uid))
    calendar = _calendar(_event(meeting, "CONFIRMED") for meeting in in_order)
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(_line(name)))  # said to be text, or commas would stay bare
    # RFC 7986 (5.7) wants its type said; the second is what older programs look for.
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return _written(calendar)


def _calendar(events: Iterable[Event], method: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{NAME}//Calendars//EN")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def _written(calendar: Calendar) -> bytes:
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, status: str) -> Event:
    event = Event()
    event.add("uid", _line(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("status", status)
    event.add("summary", _line(meeting.title))
    if place := _line(meeting.place):
        event.add("location", place)
    if words := _lines(meeting.words):
        event.add("description", words)
    if link := _link(meeting.link):
        event.add("url", link)
        event.add("conference", link, parameters={"VALUE": "URI"})
    if meeting.marking not in OPEN_BY_MAIL:
        event.add("class", "CONFIDENTIAL")
    return event


def _cancelled(meeting: Meeting, *, timed: bool) -> Event:
    # Of a cancellation both are optional (RFC 5546, 3.2.5).
    event = _event(meeting, "CANCELLED")
    if not timed:
        del event["DTSTART"], event["DTEND"]
    return event


def _add_people(
    event: Event, address: str, name: str, organiser: str, parameters: dict[str, str]
) -> None:
    _add_organiser(event, organiser)
    person = _mailto(address)
    # Few programs know how RFC 6868 writes quotation marks, and some take a backslash to hide what
    # follows it, be it the end of the name.
    called = _line(name).translate(UNQUOTED) or address
    person.params.update({"CN": called, **parameters})
    event.add("attendee", person)


def _add_organiser(event: Event, organiser: str) -> None:
    address = _mailto(organiser)
    address.params["CN"] = NAME
    event.add("organizer", address)


def _mailto(address: str) -> vCalAddress:
    if not ADDRESS.fullmatch(address):
        raise ValueError("a calendar takes no such address")
    return vCalAddress(f"mailto:{quote(address, safe=PLAIN_IN_ADDRESS)}")


def _link(link: str) -> str:
    # A link of any other kind could run in a calendar on a page; it is left out.
    link = quote(_line(link), safe="%:/?#[]@!$&'()*+,;=~")
    return link if urlsplit(link).scheme in SCHEMES else ""


def _line(text: str) -> str:
    return " ".join(_fit(text).split())


def _lines(text: str) -> str:
    return "\n".join(_fit(line).rstrip() for line in text.splitlines()).strip()


def _fit(text: str) -> str:
    return "".join(" " if category(letter) in UNFIT else letter for letter in text)
