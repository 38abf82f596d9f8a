"""What a row of harm says, as one value: it comes from a form and is kept per version."""

import re
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from models.harm import Harm
from models.vocabulary import SECTORS, Tlp
from portal.harm.amounts import Amount
from portal.harm.words import CATEGORIES, FLAGS, INTENDED, REACHED_AS
from portal.norms import VERIFICATION_LABELS
from portal.partial_days import begins_at, known_day
from portal.words import N_

LONGEST: Final = {
    "title": 200,
    "who": 200,
    "service": 200,
    "intended_by": 200,
    "body": 10_000,
    "said_by": 200,
    "source_title": 300,
    "source_url": 500,
}
COUNTRY: Final = re.compile("[A-Z]{2}")  # ISO 3166-1
UNSAID_OR: Final = {"sector": SECTORS, "reached_as": REACHED_AS, "intended": INTENDED}


@dataclass(frozen=True)
class HarmText:
    """The content of a row of harm; what is not stated is empty, and never 0."""

    title: str
    tlp: Tlp
    category: str
    verified: str
    amount: Amount = field(default_factory=Amount)
    holds_others: bool = False
    who: str = ""
    country: str = ""
    sector: str = ""
    service: str = ""
    reached_as: str = ""
    intended: str = ""
    intended_by: str = ""
    from_on: str = ""
    until_on: str = ""
    flags: tuple[str, ...] = ()
    body: str = ""
    notice_id: int | None = None
    said_by: str = ""
    said_on: str = ""
    source_title: str = ""
    source_url: str = ""

    def problems(self, now: datetime, *, cited: bool) -> dict[str, str]:
        """What cannot be taken, a message id for each field; what is `cited` needs its source."""
        found = self.amount.problems()
        if not self.title.strip():
            found["title"] = N_("Say in one sentence what happened.")
        for name, words in (("category", CATEGORIES), ("verified", VERIFICATION_LABELS)):
            if getattr(self, name) not in words:
                found[name] = N_("Choose one from the list.")
        for name, words in UNSAID_OR.items():
            if getattr(self, name) not in ("", *words):
                found[name] = N_("Choose one from the list.")
        if self.country and not COUNTRY.fullmatch(self.country):
            found["country"] = N_("Choose one from the list.")
        if not set(self.flags) <= set(FLAGS):
            found["flags"] = N_("Choose from the list.")
        long = {
            name: N_("This is too long.")
            for name, most in LONGEST.items()
            if len(getattr(self, name)) > most
        }
        return found | self._unsourced(cited) | self._wrong_days(now) | long

    def _unsourced(self, cited: bool) -> dict[str, str]:
        found: dict[str, str] = {}
        if self.intended and not self.intended_by.strip():
            found["intended_by"] = N_("Name who says whether it was meant.")
        if self.source_url and not self.source_url.startswith(("https://", "http://")):
            found["source_url"] = N_("Enter an address that begins with https:// or http://.")
        if cited:
            for name, message in (
                ("who", N_("Name whom it happened to.")),
                ("said_by", N_("Name who said it.")),
                ("source_title", N_("Name the source: you state the harm of others.")),
            ):
                if not getattr(self, name).strip():
                    found[name] = message
        return found

    def _wrong_days(self, now: datetime) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in ("from_on", "until_on", "said_on"):
            typed = getattr(self, name)
            if typed and known_day(typed) is None:
                found[name] = N_("Enter a day, a month or a year, such as 2017-10-27 or 2017-10.")
            elif typed and begins_at(typed) > now:
                found[name] = N_("This is in the future.")
        if not found and self.from_on and self.until_on and self.until_on < self.from_on[:4]:
            found["until_on"] = N_("This is before it began.")
        return found

    def write_into(self, harm: Harm) -> None:
        """Put the text into the row."""
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name != "amount":
                setattr(harm, each.name, list(value) if isinstance(value, tuple) else value)
        for each in fields(Amount):
            setattr(harm, each.name, getattr(self.amount, each.name))

    def as_json(self) -> dict[str, Any]:
        """The text as plain values, for the kept version."""
        return asdict(self)


def amount_of(row: Any) -> Amount:
    """The amount of a row that has its columns."""
    return Amount(**{each.name: getattr(row, each.name) for each in fields(Amount)})


def text_of(harm: Harm) -> HarmText:
    """The text that a row holds now."""
    names = (each.name for each in fields(HarmText) if each.name != "amount")
    values: dict[str, Any] = {name: getattr(harm, name) for name in names}
    values |= {"flags": tuple(harm.flags), "tlp": Tlp(harm.tlp), "amount": amount_of(harm)}
    return HarmText(**values)
