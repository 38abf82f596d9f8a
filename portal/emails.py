"""E-mails: made from a template at the moment of sending, and handed to a transport.

The marking stands first in the subject. Nothing that a resource says goes by mail above GREEN: such
a e-mail carries reference, marking and link alone. One e-mail has one recipient.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.calendars import ReplyTo, attach
from portal.days import ends_a_day, last_day, place_of
from portal.slots import shown

BLANKS = re.compile(r"\n{3,}")
FOLDER = Path(__file__).parent.parent / "templates" / "emails"
# What goes out because an e-mail came in (RFC 3834, 5).
REPLIES = frozenset({"dialogues/receive-reply"})

OURS: Final = (
    *("subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version"),
    *("content-type", "content-transfer-encoding", "content-disposition"),
)


class _Headers(HeaderRegistry):
    """The library makes a class for each header of each e-mail; those of ours are made once."""

    def __init__(self) -> None:
        super().__init__()
        self._made = {name: super(_Headers, self).__getitem__(name) for name in OURS}

    def __getitem__(self, name: str) -> Any:
        return self._made.get(name.lower()) or super().__getitem__(name)


# How e-mails are put together.
POLICY: Final = default.clone(header_factory=_Headers())


@dataclass(frozen=True)
class Email:
    """What an e-mail is made from: `about` fills its template, `key` names it for ever.

    `calendar` goes along with it: an entry for calendars, and its METHOD.
    """

    key: int
    template: str
    to_name: str
    to_address: str
    zone: str
    due_at: datetime
    about: Mapping[str, Any]
    calendar: tuple[bytes, str] | None = None


@dataclass(frozen=True)
class MailSettings:
    """Where e-mails come from: the portal's address and its sender, and where answers go."""

    base_url: str
    sender: str
    reply_to: ReplyTo | None = None


# E-mails are plain text: escaping for HTML would put `&amp;` before a reader's eyes.
environment = Environment(  # noqa: S701  # nosec B701
    loader=FileSystemLoader(FOLDER),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
# There is no catalogue yet, and a job has no request whose language it could be.
environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # i18n's


def write(email: Email, settings: MailSettings) -> EmailMessage:
    """Make the e-mail: the same row always gives the same e-mail, byte for byte."""
    template = environment.get_template(f"{email.template}.txt")
    values = {**email.about, "name": email.to_name, "base_url": settings.base_url}
    values["moment"] = lambda at: in_zone(at, email.zone)
    values["by"] = lambda at, zone: by_when(at, zone, email.zone)
    context = template.new_context(values)
    # Running it once brings the blocks of the frame that it extends into the context.
    "".join(template.root_render_func(context))
    subject = "".join(context.blocks["subject"][0](context))
    message = EmailMessage(POLICY)
    message["Subject"] = one_line(subject)
    message["From"] = settings.sender
    message["To"] = _address(email.to_name, email.to_address)
    message["Date"] = format_datetime(email.due_at)
    host = urlsplit(settings.base_url).hostname or "localhost"
    message["Message-ID"] = f"<letter-{email.key}@{host}>"
    automatic = "auto-replied" if email.template in REPLIES else "auto-generated"
    message["Auto-Submitted"] = automatic
    text = "".join(context.blocks["text"][0](context)).strip()
    # Blocks that stay empty leave their lines behind.
    message.set_content(BLANKS.sub("\n\n", text) + "\n")
    if email.calendar is not None:
        attach(message, *email.calendar)
    return message


def trial(settings: MailSettings, address: str, now: datetime) -> EmailMessage:
    """An e-mail that shows whether e-mails arrive; raises ValueError where there is no address."""
    message = EmailMessage(POLICY)
    message["Subject"] = "Good Offices: test of the mail server"
    message["From"] = settings.sender
    message["To"] = _address("", address)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=urlsplit(settings.base_url).hostname or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"This e-mail was sent to test the mail server of {settings.base_url}.\n")
    return message


def one_line(text: str) -> str:
    """A header's text on one line, whatever line breaks it came with."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _address(name: str, address: str) -> Address:
    user, _, domain = one_line(address).rpartition("@")
    if not user or not domain:
        raise ValueError("an address has a name and a host")
    return Address(one_line(name), user, domain)


def by_when(at: datetime, day_zone: str, zone: str) -> str:
    """A deadline: the day, where it is one that was set in a zone; else the reader's time."""
    if not day_zone or not ends_a_day(at, day_zone):
        return in_zone(at, zone)
    place = day_zone if day_zone == "UTC" else f"{place_of(day_zone)} time"
    return f"end of {last_day(at, day_zone):%d %b %Y} ({place})".replace("of 0", "of ")


def in_zone(at: datetime, zone: str) -> str:
    """An instant for a reader: day, time, and the zone named."""
    here = shown(at, zone)
    return f"{here.day:%d %b %Y}, {here.time} {here.name} ({zone})"
