"""What a contact point says, as one value: it comes from a form or a file."""

import re
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any, Final

from babel import Locale

from models.contacts import AUTHORITIES, INTERVALS, PURPOSES, ContactPoint, Interval
from models.vocabulary import Tlp
from portal.contacts.duty import Shift, shifts_of
from portal.days import known_zone
from portal.words import N_

LONGEST: Final = {
    "label": 120,
    "constituency": 500,
    "second_email": 254,
    "email": 254,
    "channels": 500,
    "note": 5_000,
}
MOST_PHONES, MOST_LANGUAGES, MOST_PLACE = 6, 12, 99
# As in ITU-T E.164: a country code, at most 15 digits in all; signs between are for people.
PHONE: Final = re.compile(r"\+[0-9](?:[ ()./-]*[0-9]){4,14}")
ADDRESS: Final = re.compile(r"[^@\s<>(),;:\"\\]{1,64}@[^@\s<>(),;:\"\\]+\.[^@\s<>(),;:\"\\.]{2,}")
# OpenPGP (RFC 9580): 20 octets in version 4, 32 in version 6; S/MIME: SHA-1 or SHA-256.
FINGERPRINT: Final = re.compile(r"(?:[0-9A-F]{40}|[0-9A-F]{64})?")
ENGLISH: Final = Locale("en").languages
UNKNOWN_INTERVAL: Final = N_("Say how often it is checked: month, quarter, half-year or year.")
CODES: Final = {name.casefold(): code for code, name in ENGLISH.items() if len(code) <= 3}


@dataclass(frozen=True)
class ContactText:
    """The content of a contact point, as in `models.contacts.ContactPoint`."""

    purpose: str
    label: str
    tlp: Tlp
    email: str
    zone: str
    person_id: int | None = None
    constituency: str = ""
    authority: str = ""
    second_email: str = ""
    phones: tuple[str, ...] = ()
    phone_any_hour: str = ""
    channels: str = ""
    openpgp: str = ""
    smime: str = ""
    round_the_clock: bool = False
    hours: tuple[Shift, ...] = ()
    languages: tuple[str, ...] = ()
    place: int = 1
    note: str = ""
    check_every: str = Interval.QUARTER

    def problems(self) -> dict[str, str]:
        """What cannot be taken, a message id for each field."""
        found: dict[str, str] = {}
        for name, longest in LONGEST.items():
            if len(getattr(self, name)) > longest:
                found[name] = N_("This is too long.")
        if not self.label.strip():
            found["label"] = N_("Name the position, for example Duty officer.")
        if self.purpose not in PURPOSES:
            found["purpose"] = N_("Choose what the contact point is for.")
        if self.authority not in ("", *AUTHORITIES):
            found["authority"] = N_("Choose one from the list.")
        if not known_zone(self.zone):
            found["zone"] = N_("Choose a time zone from the list.")
        if not 1 <= self.place <= MOST_PLACE:
            found["place"] = N_("Give a number from 1 to 99.")
        if self.check_every not in INTERVALS:
            found["check_every"] = UNKNOWN_INTERVAL
        return found | self._unreachable() | self._unclear()

    def _unreachable(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if not ADDRESS.fullmatch(self.email):
            found["email"] = N_("Give an e-mail address that more than one person reads.")
        if self.second_email and not ADDRESS.fullmatch(self.second_email):
            found["second_email"] = N_("This is not an e-mail address.")
        wrong = N_("Give each number with its country code, for example +44 20 7946 0101.")
        if len(self.phones) > MOST_PHONES or not all(map(PHONE.fullmatch, self.phones)):
            found["phones"] = wrong
        if self.phone_any_hour and not PHONE.fullmatch(self.phone_any_hour):
            found["phone_any_hour"] = wrong
        return found

    def _unclear(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if not self.languages:
            found["languages"] = N_("Give at least one language.")
        elif len(self.languages) > MOST_LANGUAGES or not set(self.languages) <= set(ENGLISH):
            found["languages"] = N_("Give languages by name or code, for example English, fr.")
        if not self.hours and not self.round_the_clock:
            found["hours"] = N_("Give hours for at least one day, or agree to any hour.")
        elif not all(map(_is_shift, self.hours)):
            found["hours"] = N_("Give both times of a day, or none.")
        for name in ("openpgp", "smime"):
            if not FINGERPRINT.fullmatch(getattr(self, name)):
                found[name] = N_("A fingerprint has 40 or 64 hexadecimal digits.")
        return found

    def write_into(self, contact: ContactPoint) -> None:
        """Put the text into the contact point."""
        for field in fields(self):
            value = getattr(self, field.name)
            setattr(contact, field.name, list(value) if isinstance(value, tuple) else value)
        contact.hours = [list(shift) for shift in self.hours]

    def as_json(self) -> dict[str, Any]:
        """The text as plain values."""
        return asdict(self)


def _is_shift(shift: Shift) -> bool:
    try:
        return (
            0 <= shift.day <= 6
            and bool(time.fromisoformat(shift.begins))
            and bool(time.fromisoformat(shift.ends))
        )
    except ValueError:
        return False


def text_of(contact: ContactPoint) -> ContactText:
    """The text that a contact point holds now."""
    values: dict[str, Any] = {f.name: getattr(contact, f.name) for f in fields(ContactText)}
    values |= {name: tuple(values[name]) for name in ("phones", "languages")}
    values |= {"hours": shifts_of(contact.hours), "tlp": Tlp(contact.tlp)}
    return ContactText(**values)


def languages_from(typed: str) -> tuple[str, ...]:
    """Languages by English name or code, in the order typed; what is not known stays as it is."""
    words = (word.strip() for word in re.split(r"[,;\n]", typed))
    return tuple(dict.fromkeys(_code(word) for word in words if word))


def _code(word: str) -> str:
    low = word.casefold()
    return low if low in ENGLISH else CODES.get(low, word)


def phones_from(typed: str) -> tuple[str, ...]:
    """Telephone numbers, one a line or parted by commas."""
    return tuple(dict.fromkeys(one.strip() for one in re.split(r"[,;\n]", typed) if one.strip()))


def fingerprint_from(typed: str) -> str:
    """A fingerprint without the blanks and colons that people put between its digits."""
    return re.sub(r"[\s:]", "", typed).removeprefix("0x").upper()
