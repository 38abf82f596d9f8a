"""The parts of an e-mail, with an invitation and without: shape, bytes, and no text breaks it."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest

from portal.calendars import attach, cancellation, invitation, put_text
from tests.calendars.cases import MEETING, TO_LIAISON

ICS = invitation(MEETING, **TO_LIAISON)


def email(text: str = "You are invited.\n", key: int = 7) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "[TLP:GREEN] You are invited"
    message["To"] = "liaison@telco.example"
    message["Message-ID"] = f"<{key}@portal.example>"
    put_text(message, text, f"<p>{text}</p>\n")
    return message


def sent(text: str = "You are invited.\n", key: int = 7, ics: bytes = ICS) -> bytes:
    message = email(text, key)
    attach(message, ics, "REQUEST")
    return message.as_bytes(policy=SMTP)


def said(part: Any) -> str:
    """The text of a part; mail ends its lines with CRLF."""
    return str(part.get_content()).replace("\r\n", "\n")


def shape(raw: bytes) -> list[str]:
    return [part.get_content_type() for part in message_from_bytes(raw, policy=default).walk()]


SHAPE = [
    "multipart/mixed",
    "multipart/alternative",
    "text/plain",
    "text/html",
    "text/calendar",
    "application/ics",
]


def test_the_email_has_the_shape_that_programs_show_buttons_for() -> None:
    raw = sent()
    assert shape(raw) == SHAPE
    message = message_from_bytes(raw, policy=default)
    _, _, text, html, calendar, file = message.walk()
    assert said(text) == "You are invited.\n"
    assert said(html) == "<p>You are invited.\n</p>\n"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar["Content-Type"].params["charset"] == "utf-8"
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert file.get_content_disposition() == "attachment"
    assert file.get_filename() == "invitation.ics"
    assert message["Subject"] == "[TLP:GREEN] You are invited"
    assert raw.count(b"MIME-Version") == 1


def test_the_calendar_comes_through_byte_for_byte_twice() -> None:
    *_, calendar, file = message_from_bytes(sent(), policy=default).walk()
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == ICS


def test_a_cancellation_says_its_own_method() -> None:
    message = email()
    attach(message, cancellation(MEETING, **TO_LIAISON), "CANCEL")
    assert [p.get_param("method") for p in message.walk() if p.get_param("method")] == ["CANCEL"]


def test_the_same_row_gives_the_same_bytes_and_another_row_other_boundaries() -> None:
    assert sent() == sent()
    assert email().as_bytes() == email().as_bytes() != email(key=8).as_bytes()
    one, two = (message_from_bytes(sent(key=key)).get_boundary() for key in (7, 8))
    assert one != two


def test_boundaries_within_a_email_differ_and_are_short_enough() -> None:
    parts = [part for part in message_from_bytes(sent()).walk() if part.is_multipart()]
    marks = {str(part.get_boundary()) for part in parts}
    assert len(marks) == 2
    assert all(len(mark) <= 70 for mark in marks)


@pytest.mark.parametrize("depth", ["mixed", "alternative"])
def test_who_knows_the_boundaries_of_a_email_cannot_write_them_into_it(depth: str) -> None:
    """The Message-ID is known: a boundary made of it alone could be written into the text."""
    before = message_from_bytes(sent())
    marks = [str(part.get_boundary()) for part in before.walk() if part.is_multipart()]
    (mark,) = [mark for mark in marks if mark.endswith(depth)]
    evil = f"Hello\n--{mark}\nContent-Type: text/html\n\n<b>forged</b>\n--{mark}--\n"
    raw = sent(evil)
    assert shape(raw) == SHAPE
    _, _, text, *_ = message_from_bytes(raw, policy=default).walk()
    assert said(text) == evil


@pytest.mark.parametrize("text", ["Vous êtes invitée.\n", "Kutsu: ääniä 🎈\n", "x" * 3000 + "\n"])
def test_any_text_is_kept_beside_the_calendar(text: str) -> None:
    _, _, part, *_ = message_from_bytes(sent(text), policy=default).walk()
    assert said(part) == text


@pytest.mark.parametrize("method", ["CANCEL", "REPLY", "REQUEST\r\nX: 1", ""])
def test_another_method_than_the_calendar_says_is_refused(method: str) -> None:
    with pytest.raises(ValueError, match="another method"):
        attach(email(), ICS, method)


def test_only_an_email_with_its_id_takes_a_text() -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        put_text(EmailMessage(), "You are invited.\n", "<p>You are invited.</p>")


def test_only_an_email_with_its_text_takes_a_calendar_and_only_one() -> None:
    bare, twice = EmailMessage(), email()
    bare["Message-ID"] = "<7@portal.example>"
    attach(twice, ICS, "REQUEST")
    for message in (bare, twice):
        with pytest.raises(ValueError, match="beside a text"):
            attach(message, ICS, "REQUEST")
