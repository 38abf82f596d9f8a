"""What a claim says, as one value: it comes from a form and is kept per version."""

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from models.claims import Claim
from models.vocabulary import Tlp
from portal.claims.confidence import known
from portal.claims.words import (
    ABOUT,
    CONSIDERATIONS,
    EVIDENCE,
    FORMS,
    RESPONSIBILITY,
    STANCES,
    Stance,
)
from portal.norms import NORMS, VERIFICATION_LABELS
from portal.partial_days import begins_at, known_day
from portal.words import N_

LONGEST: Final = {
    "title": 200,
    "claimant": 200,
    "about": 200,
    "body": 20_000,
    "basis": 5_000,
    "alternatives": 5_000,
    "source_title": 300,
    "source_publisher": 200,
    "source_url": 500,
}
ANSWERS_WHAT: Final = N_("Enter the reference of the claim that it doubts or denies.")


@dataclass(frozen=True)
class ClaimText:
    """The content of a claim; what is not stated is empty.

    Without `claimant` it is a claim of the organisation that keeps it. `said_on` and `source_on`
    are days as far as they are known.
    """

    title: str
    tlp: Tlp
    form: str
    said_on: str
    about_sort: str
    verified: str
    stance: str = Stance.STATES
    answers_id: int | None = None
    notice_id: int | None = None
    claimant: str = ""
    about: str = ""
    about_id: int | None = None
    body: str = ""
    basis: str = ""
    evidence: tuple[str, ...] = ()
    scale: str = ""
    confidence: str = ""
    responsibility: str = ""
    alternatives: str = ""
    considerations: dict[str, str] = field(default_factory=dict)
    norms: tuple[str, ...] = ()
    source_title: str = ""
    source_publisher: str = ""
    source_on: str = ""
    source_url: str = ""

    def problems(self, now: datetime) -> dict[str, str]:
        """What cannot be taken, a message id for each field."""
        found: dict[str, str] = {}
        if not self.title.strip():
            found["title"] = N_("Say in one sentence what is claimed.")
        for name, words in (
            ("stance", STANCES),
            ("form", FORMS),
            ("about_sort", ABOUT),
            ("verified", VERIFICATION_LABELS),
        ):
            if getattr(self, name) not in words:
                found[name] = N_("Choose one from the list.")
        if self.responsibility not in ("", *RESPONSIBILITY):
            found["responsibility"] = N_("Choose one from the list.")
        if not set(self.evidence) <= set(EVIDENCE):
            found["evidence"] = N_("Choose from the list.")
        if not set(self.norms) <= set(NORMS) or not set(self.considerations) <= set(CONSIDERATIONS):
            found["norms"] = N_("Choose from the list.")
        return found | self._wrong_days(now) | self._wrong_ties() | self._too_long()

    def _wrong_days(self, now: datetime) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in ("said_on", "source_on"):
            typed = getattr(self, name)
            if not typed and name == "source_on":
                continue
            if known_day(typed) is None:
                found[name] = N_("Enter a day, a month or a year, such as 2017-10-27 or 2017-10.")
            elif begins_at(typed) > now:
                found[name] = N_("This is in the future.")
        return found

    def _wrong_ties(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if (self.stance == Stance.STATES) != (self.answers_id is None):
            stands = self.stance == Stance.STATES
            found["answers"] = (
                N_("Only a claim that doubts or denies answers another.")
                if stands
                else ANSWERS_WHAT
            )
        if self.about_sort != "unknown" and not self.about.strip() and self.about_id is None:
            found["about"] = N_("Name whom the claim is about.")
        if self.about_sort == "unknown" and (self.about.strip() or self.about_id is not None):
            found["about"] = N_("Leave the name empty where nobody is named.")
        if self.about_id is not None and self.tlp == Tlp.RED:
            found["tlp"] = N_(
                "A claim about an organisation of this portal cannot be RED: the organisation may "
                "reply, and RED reaches named people only."
            )
        if bool(self.scale) and not known(self.scale, self.confidence):
            found["confidence"] = N_("Enter a whole number from 0 to 100.")
        if self.claimant and not (self.source_title.strip() or self.source_publisher.strip()):
            found["source_title"] = N_("Name the source of a claim of others.")
        if self.source_url and not self.source_url.startswith(("https://", "http://")):
            found["source_url"] = N_("Enter an address that begins with https:// or http://.")
        return found

    def _too_long(self) -> dict[str, str]:
        long = {
            name: N_("This is too long.")
            for name, most in LONGEST.items()
            if len(getattr(self, name)) > most
        }
        if any(len(words) > LONGEST["basis"] for words in self.considerations.values()):
            long["norms"] = N_("This is too long.")
        return long

    def write_into(self, claim: Claim) -> None:
        """Put the text into the claim."""
        for each in fields(self):
            value = getattr(self, each.name)
            setattr(claim, each.name, list(value) if isinstance(value, tuple) else value)
        claim.said_at = begins_at(self.said_on)

    def as_json(self) -> dict[str, Any]:
        """The text as plain values, for the kept version."""
        return asdict(self)


def text_of(claim: Claim) -> ClaimText:
    """The text that a claim holds now."""
    values: dict[str, Any] = {each.name: getattr(claim, each.name) for each in fields(ClaimText)}
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return ClaimText(**values | {"tlp": Tlp(claim.tlp)})
