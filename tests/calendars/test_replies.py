"""Answers as calendar programs write them, and all else that comes to such an address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.calendars import Proposal, Reply, reply_address, reply_in, token_in
from portal.calendars.mail import LARGEST
from tests.calendars.cases import ATTENDEE, BARE, READ, TO, TOKEN, UID, nested, sample

GMAIL, OUTLOOK, APPLE = "gmail-accepted", "outlook-tentative", "apple-declined"
ANSWERS = {GMAIL: "accepted", OUTLOOK: "tentative", APPLE: "declined"}


def swap(old: bytes, new: bytes) -> Callable[[], bytes]:
    """The bare answer with something else in one place."""
    assert BARE.count(old) >= 1
    return lambda: BARE.replace(old, new)


def event_of(raw: bytes) -> bytes:
    return raw[raw.index(b"BEGIN:VEVENT") : raw.index(b"END:VCALENDAR")]


def with_parts(*parts: bytes) -> bytes:
    """A mail of several parts."""
    joined = b"".join(b"\r\n--b\r\n" + part for part in parts)
    return b"Content-Type: multipart/mixed; boundary=b\r\n" + joined + b"\r\n--b--\r\n"


def what(reply: Reply | None) -> tuple[str, str]:
    """What a mail was read as: an answer, or why it is none."""
    assert reply is not None
    return ("", reply.unread) if reply.unread else reply.answer_of("liaison@telco.example")


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_read_as_the_large_programs_write_it(name: str) -> None:
    reply = reply_in(sample(name), [TO], "liaison@telco.example")
    assert reply is not None
    assert (reply.uid, reply.sequence, reply.token) == (UID, 1, TOKEN)
    assert (what(reply), reply.automatic) == ((ANSWERS[name], ""), False)


@pytest.mark.parametrize("name", ANSWERS)
def test_line_ends_do_not_matter(name: str) -> None:
    bare = sample(name).replace(b"\r\n", b"\n")
    assert reply_in(bare, [TO]) == reply_in(sample(name), [TO])


@pytest.mark.parametrize("name", ["out-of-office", "bounce"])
def test_mail_of_programs_is_no_answer_and_gets_none(name: str) -> None:
    reply = reply_in(sample(name), [TO])
    assert reply is not None
    assert (reply.unread, reply.automatic) == ("no-calendar", True)


@pytest.mark.parametrize(
    "head", [b"From: MAILER-DAEMON@telco.example\r\n", b"Content-Type: multipart/report\r\n"]
)
def test_the_calendar_of_a_returned_mail_is_no_answer(head: bytes) -> None:
    """It is what somebody else sent, and says what that mail said."""
    part = BARE[BARE.index(b"Content-Type") :]
    mixed = with_parts(part)
    raw = (
        mixed.replace(b"multipart/mixed", b"multipart/report")
        if b"report" in head
        else head + mixed
    )
    reply = reply_in(raw, [TO])
    assert reply is not None
    assert (reply.unread, reply.automatic) == ("no-calendar", True)


def test_an_attendee_that_is_a_path_is_known_by_the_address_beside_it() -> None:
    other = b"ATTENDEE;PARTSTAT=DECLINED;EMAIL=x@telco.example:/12/principal/\r\n"
    own = b"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL=Liaison@telco.example:/13/principal/\r\n"
    raw = BARE[: BARE.index(b"ATTENDEE")] + other + own + b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    assert what(reply_in(raw, [TO])) == ("accepted", "")


def test_another_time_is_read_with_the_zone_of_its_calendar() -> None:
    reply = reply_in(sample("outlook-new-time"), [TO])
    assert reply is not None
    assert reply.proposes == Proposal(
        datetime(2026, 12, 3, 13, 0, tzinfo=UTC), datetime(2026, 12, 3, 14, 30, tzinfo=UTC)
    )
    assert what(reply) == ("tentative", "")


LIKE_BARE = {
    "bare": lambda: BARE,
    "no method on the part": swap(b"; method=REPLY", b""),
    "small letters": lambda: BARE.replace(b"REPLY", b"reply").replace(b"ACCEPTED", b"accepted"),
    "folded": swap(b"PARTSTAT=ACCEPTED", b"PARTSTAT=ACC\r\n EPTED"),
    "a name with marks in it": swap(b"PARTSTAT=", b'CN="a:b;c,d";PARTSTAT='),
    "a byte order mark": swap(b"BEGIN:VCALENDAR\r\nV", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nV"),
    "another charset": swap(b"SEQUENCE", b"SUMMARY:\xe4\xff\xfe\r\nSEQUENCE"),
    "a comment that looks like more": swap(
        b"SEQUENCE", b"COMMENT:\\nBEGIN:VEVENT\r\n BEGIN:VEVENT\r\nSEQUENCE"
    ),
    "an automatic yes of a room": swap(b"MIME", b"Auto-Submitted: auto-generated\r\nMIME"),
    "bulk": swap(b"MIME", b"Precedence: bulk\r\nMIME"),
    "twice the same": lambda: with_parts(BARE, BARE),
    "beside a text": lambda: with_parts(b"Content-Type: text/plain\r\n\r\nBEGIN:VEVENT", BARE),
    "in as many parts as mail needs": lambda: nested(6),
}


@pytest.mark.parametrize("name", LIKE_BARE)
def test_what_says_the_same_is_read_the_same(name: str) -> None:
    reply = reply_in(LIKE_BARE[name](), [TO])
    assert reply is not None
    assert replace(reply, automatic=False) == READ


# Foreign clocks, names and habits decide nothing: these say the same as the bare answer.
STILL_READ = {
    "a part that says another method": swap(b"method=REPLY", b"method=REQUEST"),
    "an invitation that is answered": lambda: BARE.replace(b"REPLY", b"REQUEST"),
    "no method": swap(b"METHOD:REPLY\r\n", b""),
    "two methods": swap(b"METHOD:REPLY", b"METHOD:REPLY\r\nMETHOD:REQUEST"),
    "the same event twice": lambda: BARE.replace(event_of(BARE), event_of(BARE) * 2),
    "an event and a task": swap(
        b"END:VCALENDAR", b"BEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\nEND:VCALENDAR"
    ),
    "two calendars": lambda: BARE + BARE.partition(b"\r\n\r\n")[2],
    "one day of a series": swap(b"SEQUENCE", b"RECURRENCE-ID:20261203T130000Z\r\nSEQUENCE"),
    "the same person twice": swap(ATTENDEE, ATTENDEE * 2),
    "no uid": swap(b"UID:D-26-7K3Q9M@portal.example\r\n", b""),
    "an empty uid": swap(b"UID:D-26-7K3Q9M@portal.example", b"UID:"),
    "a long uid": swap(b"UID:", b"UID:" + b"x" * 300),
    "two uids": swap(b"UID:", b"UID:other\r\nUID:"),
    "no stamp": swap(b"DTSTAMP:20261125T081504Z\r\n", b""),
    "a stamp without a zone": swap(b"T081504Z", b"T081504"),
    "a stamp in a zone": swap(b"DTSTAMP:20261125T081504Z", b"DTSTAMP;TZID=X:20261125T081504"),
    "a stamp that no clock shows": swap(b"T081504Z", b"T250000Z"),
    "a file alone": swap(b"text/calendar", b"application/ics"),
    "base64 that is none": swap(b"MIME", b"Content-Transfer-Encoding: base64\r\nMIME"),
    "an unknown method's charset": swap(b"method=REPLY", b"method*=x'y'REPLY"),
}


@pytest.mark.parametrize("name", STILL_READ)
def test_the_token_and_the_answer_are_enough(name: str) -> None:
    assert STILL_READ[name]() != BARE
    assert what(reply_in(STILL_READ[name](), [TO])) == ("accepted", "")


@pytest.mark.parametrize("said", [b"-1", b"99999999999", "\u0662".encode(), b"", b"x"])
def test_a_sequence_that_is_none_is_the_first_state(said: bytes) -> None:
    reply = reply_in(BARE.replace(b"SEQUENCE:2", b"SEQUENCE:" + said), [TO])
    assert reply is not None
    assert reply.sequence == 0


NOT_READ: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no-calendar"),
    "no mail": (lambda: b"\x00\xff" * 100, "no-calendar"),
    "heads alone": (lambda: BARE.partition(b"\r\n\r\n")[0], "broken"),
    "a cancellation": (swap(b"METHOD:REPLY", b"METHOD:CANCEL"), "method"),
    "no event": (lambda: BARE.replace(event_of(BARE), b""), "broken"),
    "a task": (lambda: BARE.replace(b"VEVENT", b"VTODO"), "broken"),
    "two calendars that differ": (
        lambda: with_parts(BARE, BARE.replace(b"ACCEPTED", b"DECLINED")),
        "unclear",
    ),
    "an event without its end": (swap(b"END:VEVENT\r\n", b""), "broken"),
    "ends that cross": (
        swap(b"END:VEVENT\r\nEND:VCALENDAR", b"END:VCALENDAR\r\nEND:VEVENT"),
        "broken",
    ),
    "ends alone": (swap(b"BEGIN:VEVENT", b"END:VEVENT"), "broken"),
    "nobody": (swap(ATTENDEE, b""), "no-answer"),
    "no answer": (swap(b"PARTSTAT=ACCEPTED", b"ROLE=CHAIR"), "no-answer"),
    "not yet": (swap(b"ACCEPTED", b"NEEDS-ACTION"), "no-answer"),
    "somebody else instead": (swap(b"ACCEPTED", b"DELEGATED"), "delegated"),
    "two answers": (swap(b"ACCEPTED", b"ACCEPTED,DECLINED"), "no-answer"),
    "an attached mail": (
        lambda: with_parts(b"Content-Type: message/rfc822\r\n\r\n" + BARE),
        "no-calendar",
    ),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_nothing_else_is_an_answer_and_why_is_known(name: str) -> None:
    mail, why = NOT_READ[name]
    assert mail() != BARE
    assert what(reply_in(mail(), [TO])) == ("", why)


def test_an_answer_without_a_sequence_is_to_the_first_state() -> None:
    """RFC 5546 (2.1.4): an absent SEQUENCE is 0."""
    reply = reply_in(BARE.replace(b"SEQUENCE:2\r\n", b""), [TO])
    assert reply is not None
    assert reply.sequence == 0


def test_who_answers_is_known_by_the_address_alone() -> None:
    forged = BARE.replace(b"liaison@telco.example", b"minister@state.example")
    forged = forged.replace(
        b"MIME", b"Sender: x@y.example\r\nTo: answers+" + b"z" * 20 + b"@h\r\nMIME"
    )
    assert what(reply_in(forged, [TO])) == ("accepted", "")
    other = "a" * 16
    reply = reply_in(BARE, [f"answers+{other}@portal.example"])
    assert reply is not None
    assert reply.token == other


def test_the_token_stands_in_the_envelope_not_in_the_mail() -> None:
    assert TO.encode() in sample(GMAIL)
    assert reply_in(sample(GMAIL), []) is None
    assert reply_in(sample(GMAIL), ["answers@portal.example"]) is None


@pytest.mark.parametrize(
    ("address", "token"),
    [
        (TO, TOKEN),
        ("Answers+k7m2q9x4w8r3t6v5@PORTAL.example", TOKEN),
        ("answers+" + "A_-9" * 16 + "@h", "A_-9" * 16),
        ("answers+" + "a" * 15 + "@portal.example", None),
        ("answers+" + "a" * 65 + "@portal.example", None),
        ("answers+" + "a" * 15 + "é@portal.example", None),
        ("answers+" + "a" * 16 + "\n@portal.example", None),
        (TO + "\n", None),
        ("x" + TO, None),
        ("answers-k7m2q9x4w8r3t6v5@portal.example", None),
        ("answers+k7m2q9x4w8r3t6v5", None),
        ("answers+k7m2q9x4w8r3t6v5@a@b", None),
        ("answers+k7m2q9x4w8r3+t6v5@portal.example", None),
        ("", None),
    ],
)
def test_only_an_address_for_answers_has_a_token(address: str, token: str | None) -> None:
    assert token_in(address) == token
    assert (reply_in(BARE, [address]) is not None) is (token is not None)


def test_a_mail_to_two_people_at_once_is_nobodys_answer() -> None:
    other = reply_address("answers@portal.example", "b" * 16)
    assert reply_in(BARE, [TO, other]) is None
    assert reply_in(BARE, [TO, TO, "office@portal.example"]) == READ


@pytest.mark.parametrize(
    ("base", "token"),
    [
        ("answers@portal.example", "short"),
        ("answers@portal.example", "a" * 57),
        ("answers@portal.example", "a" * 16 + "@"),
        ("other@portal.example", TOKEN),
        ("answers", TOKEN),
        ("answers@", TOKEN),
    ],
)
def test_no_address_is_made_that_would_not_come_back(base: str, token: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        reply_address(base, token)


def test_an_address_carries_its_token_back() -> None:
    longest = "a" * 56
    assert token_in(reply_address("answers@portal.example", longest)) == longest
    assert reply_address("answers@portal.example", TOKEN) == TO


def test_a_mail_may_have_4_mib_and_not_a_byte_more() -> None:
    line = b"COMMENT:" + b"x" * 992 + b"\r\n"
    room = LARGEST - len(BARE) - len(b"COMMENT:\r\n")
    lines = room // len(line)
    rest = b"COMMENT:" + b"x" * (room - lines * len(line)) + b"\r\n"
    full = BARE.replace(b"SEQUENCE", line * lines + rest + b"SEQUENCE")
    assert len(full) == LARGEST == 4_194_304
    assert reply_in(full, [TO]) == READ
    assert what(reply_in(full.replace(rest, rest[:-2] + b"x\r\n"), [TO])) == ("", "large")
