"""A meeting, those who come, and the mails that their programs write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.calendars import Meeting, Reply, Said, reply_address

HERE = Path(__file__).parent
TOKEN = "k7m2q9x4w8r3t6v5"
TO = reply_address("answers@portal.example", TOKEN)
UID = "D-26-7K3Q9M@portal.example"
STARTS = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
MEETING = Meeting(
    uid=UID,
    sequence=0,
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=90),
    changed_at=datetime(2026, 11, 24, 9, 0, 30, 250_000, tzinfo=UTC),
    title="Fourth round of talks, both delegations",
    place="Room 4, Geneva",
    link="https://meet.example/round/4?lang=fr&side=b",
    words="Bring the paper.\n\nThe agenda comes with the next letter: ordre du jour à suivre.",
    marking="GREEN",
)
MOVED = replace(
    MEETING,
    sequence=1,
    starts_at=STARTS + timedelta(days=1),
    ends_at=STARTS + timedelta(days=1, hours=2),
    changed_at=MEETING.changed_at + timedelta(hours=5),
)
CLOSED = replace(
    MEETING,
    uid="D-26-4R8T2W@portal.example",
    sequence=3,
    starts_at=datetime(2026, 7, 9, 7, 15, tzinfo=UTC),
    ends_at=datetime(2026, 7, 9, 8, 0, tzinfo=UTC),
    title="D-26-4R8T2W",
    place="",
    link="",
    words="",
    marking="RED",
)
TO_LIAISON = {
    "attendee": "liaison@telco.example",
    "attendee_name": "Liaison, Telco",
    "organiser": TO,
}


def with_crlf(text: bytes) -> bytes:
    """As mail and calendars end their lines; files of the project end them with LF alone."""
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


# The smallest answer, and what it says.
BARE = with_crlf(
    b"""From: liaison@telco.example
MIME-Version: 1.0
Content-Type: text/calendar; charset="utf-8"; method=REPLY

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Telco//Desk//EN
METHOD:REPLY
BEGIN:VEVENT
UID:D-26-7K3Q9M@portal.example
SEQUENCE:2
DTSTAMP:20261125T081504Z
ATTENDEE;PARTSTAT=ACCEPTED:mailto:liaison@telco.example
END:VEVENT
END:VCALENDAR
"""
)
READ = Reply(TOKEN, UID, 2, (Said("liaison@telco.example", "accepted"),))
ATTENDEE = b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:liaison@telco.example\r\n"


def golden(name: str) -> bytes:
    return with_crlf((HERE / "golden" / name).read_bytes())


def sample(name: str) -> bytes:
    return with_crlf((HERE / "samples" / f"{name}.eml").read_bytes())


def nested(depth: int) -> bytes:
    """An answer within so many parts."""
    mail = BARE
    for n in range(depth):
        head = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        mail = head + mail + b"\r\n--b%d--\r\n" % n
    return mail
