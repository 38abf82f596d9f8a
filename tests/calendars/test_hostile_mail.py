"""Mail that anybody may send to an address for answers: it raises nothing and costs little."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.timezone import tzp

from portal.calendars import reply_in
from portal.calendars.mail import LARGEST
from tests.calendars.cases import ATTENDEE, BARE, READ, TO, TOKEN, nested, sample

SAMPLES = ("gmail-accepted", "outlook-tentative", "apple-declined")


def deep(typed: bytes) -> bytes:
    """Parts within parts, then many lines, each of which might end any of them."""
    head = typed + b"multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    # As many as are parsed at all.
    return b"".join(head % (n, n) for n in range(600)) + b"\n" * LARGEST


END = b"END:VCALENDAR"
SLOW = {
    "parts in parts": deep(b"Content-Type: "),
    "folded types": deep(b"content-type:\r\n "),
    "types behind controls": deep(b"Content-Type: \x1c\x1f"),
    "types after bare returns": deep(b"A: b\rContent-Type: "),
    "too deep for a parser": nested(3000),
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 8000,
    "a type of many parameters": b'Content-Type: multipart/mixed;"' + b";" * 250_000,
    "the same, folded": b'Content-Type: multipart/mixed;"' + b";;;;;\r\n " * 30_000,
    "components in components": BARE.replace(b"SEQUENCE", b"BEGIN:X\r\n" * 28_000 + b"SEQUENCE"),
    "empty lines": BARE.replace(b"SEQUENCE", b"\n" * 260_000 + b"SEQUENCE:x\r\nSEQUENCE"),
    "people": BARE.replace(ATTENDEE, ATTENDEE * 4000),
    "parameters": BARE.replace(b";PARTSTAT", b";X=1" * 64_000 + b";Y=1"),
    "few parts and many lines": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(38)
    )
    + b"\n" * LARGEST,
    "names of files": BARE.replace(
        b"MIME", b'Content-Disposition: attachment; filename="' + b";" * 4_000_000 + b'"\r\nMIME'
    ),
    "heads": BARE.replace(b"MIME", b"A: b\r\n" * 600_000 + b"MIME"),
    "a quoted name": BARE.replace(b"PARTSTAT", b'CN="' + b'";:' * 1_300_000 + b'";PARTSTAT'),
    "folds": BARE.replace(b"SEQUENCE", b"COMMENT:x" + b"\r\n x" * 900_000 + b"\r\nSEQUENCE"),
    "events": BARE.replace(END, b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 140_000 + END),
    "zones": BARE.replace(END, b"BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n" * 100_000 + END),
    "few events": BARE.replace(END, b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 70_000 + END),
    "markup": b"Content-Type: text/calendar\r\n\r\n<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b "
    b"SYSTEM 'file:///etc/passwd'>]><a>&b;</a>" + b" " * 200_000,
    "small parts": b"Content-Type: multipart/digest; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 37_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_a_mail_made_to_keep_us_busy_does_not(name: str) -> None:
    mail = SLOW[name][:LARGEST]
    assert len(mail) > 120_000
    began = time.process_time()
    reply = reply_in(mail, [TO])
    assert time.process_time() - began < 10
    assert reply is not None
    assert reply.unread or reply.answer_of("") == ("accepted", "")


def test_zones_that_a_mail_brings_along_are_not_kept() -> None:
    zone = b"BEGIN:VTIMEZONE\r\nTZID:Forged/Zone\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    zone += b"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    mail = BARE.replace(b"BEGIN:VEVENT", zone + b"BEGIN:VEVENT")
    assert reply_in(mail, [TO]) == READ
    # As it would be, for as long as the process lives, had icalendar read the whole of it.
    assert tzp.timezone("Forged/Zone") is None


@given(st.binary(max_size=400), st.sampled_from(SAMPLES), st.data())
@settings(deadline=None, max_examples=300)
def test_no_mail_raises(junk: bytes, name: str, data: st.DataObject) -> None:
    nothing = reply_in(junk, [TO])
    assert nothing is not None
    assert nothing.unread
    mail = sample(name)
    start = data.draw(st.integers(0, len(mail)))
    end = data.draw(st.integers(start, min(len(mail), start + 300)))
    reply = reply_in(mail[:start] + junk + mail[end:], [TO])
    assert reply is not None
    assert reply.token == TOKEN


@given(st.lists(st.sampled_from(BARE.split(b"\r\n")), max_size=30))
@settings(deadline=None, max_examples=200)
def test_no_order_of_lines_raises_or_answers_for_another(lines: list[bytes]) -> None:
    head = BARE.partition(b"\r\n\r\n")[0]
    reply = reply_in(head + b"\r\n\r\n" + b"\r\n".join(lines), [TO])
    assert reply is not None
    assert reply.token == TOKEN
