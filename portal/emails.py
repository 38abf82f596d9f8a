"""E-mails: made from a template at the moment of sending, and handed to a transport.

The marking stands first in the subject. Nothing that a resource says goes by mail above GREEN: such
an e-mail carries reference, marking and link alone. One e-mail has one recipient. A template gives
blocks of lines; text and HTML are both made from these lines, so that they cannot differ.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.names import wire_address
from portal.calendars import ReplyTo, attach, put_text
from portal.days import ends_a_day, last_day, place_of
from portal.parsing import on_one_line
from portal.slots import shown

FOLDER = Path(__file__).parent.parent / "templates" / "emails"
# What goes out because an e-mail came in (RFC 3834, 5).
REPLIES = frozenset({"dialogues/receive-reply"})

# The blocks of a template in the order in which they are read.
GROUPS: Final = ("marking", "news", "title", "facts", "action", "marking", "reason")
LAYOUT: Final = "layout.j2"

OURS: Final = (
    *("subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version"),
    *("in-reply-to", "references"),
    *("content-type", "content-transfer-encoding", "content-disposition"),
)


class _Headers(HeaderRegistry):
    """The library makes a class for each header of each e-mail; those of ours are made once."""

    def __init__(self) -> None:
        super().__init__()
        self._made = {name: super(_Headers, self).__getitem__(name) for name in OURS}

    def __getitem__(self, name: str) -> Any:
        return self._made.get(name.lower()) or super().__getitem__(name)


# How e-mails are put together: in 7 bits, which every mail server takes, asked or not (RFC 6152).
POLICY: Final = default.clone(header_factory=_Headers(), cte_type="7bit")


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
    """Where e-mails come from: the portal's address and its sender, and where answers go.

    `key` makes a Message-ID of a row's number, so that nobody learns how many e-mails there are.
    """

    base_url: str
    sender: str
    reply_to: ReplyTo | None = None
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The host of the portal, at which Message-IDs are unique; they are ASCII (RFC 5322)."""
        host = urlsplit(self.base_url).hostname or "localhost"
        return wire_address(f"mailer@{host}").rpartition("@")[2]


@dataclass(frozen=True)
class Group:
    """Lines of an e-mail that belong together: `name` is that of their block."""

    name: str
    lines: tuple[str, ...]


# Lines are plain text, in which escaping would put `&amp;` before a reader's eyes; HTML escapes.
environment = Environment(  # nosec B701
    loader=FileSystemLoader(FOLDER),
    autoescape=lambda name: name == LAYOUT,  # noqa: S701
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
# There is no catalogue yet, and a job has no request whose language it could be.
environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # i18n's


def write(email: Email, settings: MailSettings) -> EmailMessage:
    """Make the e-mail: the same row always gives the same e-mail, byte for byte."""
    blocks = _blocks(email, settings)
    groups = _groups(blocks, on_one_line(str(email.about.get("title", ""))))
    message = _headed(email, settings, on_one_line(blocks["subject"]))
    html = environment.get_template(LAYOUT).render(
        groups=groups,
        subject=message["Subject"],
        address=on_one_line(blocks["address"]),
        action=on_one_line(blocks["action"]),
        tlp=email.about.get("tlp"),
    )
    put_text(message, "\n\n".join("\n".join(group.lines) for group in groups) + "\n", html)
    if email.calendar is not None:
        attach(message, *email.calendar)
    return message


@dataclass(frozen=True)
class Summed:
    """An e-mail as a line of a summary: its marking, what happened to what, its title if open."""

    ref: str
    marking: str
    sentence: str
    title: str


def summed_up(email: Email, settings: MailSettings) -> Summed:
    """The same e-mail as a line of a summary: no more than it would say by itself."""
    blocks = _blocks(email, settings)
    marking = on_one_line(blocks["marking"]).partition(": ")[2]
    title = on_one_line(str(email.about.get("title", "")))
    return Summed(str(email.about["ref"]), marking, on_one_line(blocks["news"]), title)


def _headed(email: Email, settings: MailSettings, subject: str) -> EmailMessage:
    message = EmailMessage(POLICY)
    message["Subject"] = subject
    message["From"] = _sender(settings)
    message["To"] = _address(email.to_name, email.to_address)
    message["Date"] = format_datetime(email.due_at)
    message["Message-ID"] = message_id(email.key, settings)
    # No e-mail has this number: it stands for the resource, so that its e-mails are one thread.
    message["In-Reply-To"] = message["References"] = f"<{email.about['ref']}@{settings.host}>"
    automatic = "auto-replied" if email.template in REPLIES else "auto-generated"
    message["Auto-Submitted"] = automatic
    return message


def message_id(key: int, settings: MailSettings) -> str:
    """The Message-ID of a row's e-mail: the same whenever it is made, and tells no number."""
    digest = hmac.new(settings.key.encode(), f"message {key}".encode(), hashlib.sha256)
    return f"<{digest.hexdigest()[:32]}@{settings.host}>"


def _blocks(email: Email, settings: MailSettings) -> dict[str, str]:
    template = environment.get_template(f"{email.template}.txt")
    values = {**email.about, "base_url": settings.base_url}
    values["moment"] = lambda at: in_zone(at, email.zone)
    values["by"] = lambda at, zone: by_when(at, zone, email.zone)
    context = template.new_context(values)
    # Running it once brings the blocks of the frame that it extends into the context.
    "".join(template.root_render_func(context))
    names = ("subject", "address", *dict.fromkeys(GROUPS))
    return {
        name: "".join(context.blocks[name][0](context)) for name in names if name in context.blocks
    }


def _groups(blocks: Mapping[str, str], title: str) -> list[Group]:
    action, address = on_one_line(blocks["action"]), on_one_line(blocks["address"])
    said = {**blocks, "title": title, "action": f"{action}: {address}" if address else ""}
    groups = []
    for name in GROUPS:
        lines = tuple(line for raw in said[name].split("\n") if (line := on_one_line(raw)))
        groups += [Group(name, lines)] if lines else []
    return groups


def trial(settings: MailSettings, address: str, now: datetime) -> EmailMessage:
    """An e-mail that shows whether e-mails arrive; raises ValueError where there is no address."""
    message = EmailMessage(POLICY)
    message["Subject"] = "Good Offices: test of the mail server"
    message["From"] = _sender(settings)
    message["To"] = _address("", address)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=settings.host)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"This e-mail was sent to test the mail server of {settings.base_url}.\n")
    return message


def _sender(settings: MailSettings) -> str | Address:
    if settings.sender.isascii():
        return settings.sender
    (sender,) = POLICY.header_factory("From", settings.sender).addresses
    return _address(sender.display_name, sender.addr_spec)


def _address(name: str, address: str) -> Address:
    user, _, domain = wire_address(on_one_line(address)).rpartition("@")
    if not user or not domain:
        raise ValueError("an address has a name and a host")
    return Address(on_one_line(name), user, domain)


def by_when(at: datetime, day_zone: str, zone: str) -> str:
    """A deadline: the day, where it is one that was set in a zone; else the reader's time."""
    if not day_zone or not ends_a_day(at, day_zone):
        return in_zone(at, zone)
    place = day_zone if day_zone == "UTC" else f"{place_of(day_zone)} time"
    return f"end of {_day(last_day(at, day_zone))} ({place})"


def in_zone(at: datetime, zone: str) -> str:
    """An instant for a reader: day, time, and the zone named."""
    here = shown(at, zone)
    said = f"{_day(here.day)}, {here.time} {here.name}"
    return said if here.name == zone else f"{said} ({zone})"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
