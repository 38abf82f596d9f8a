"""What a clause says, as one value: it comes from a form, and a commitment can start from it."""

from dataclasses import dataclass, fields
from typing import Any, Final

from models.norms import Clause
from models.vocabulary import PROMISORS, THEMES
from portal.days import EVERY
from portal.norms import INSTRUMENTS, NORMS
from portal.words import N_

LONGEST: Final = {
    "title": 200,
    "body": 20_000,
    "how_known": 5_000,
    "verifier": 500,
    "advice": 2_000,
}
MISSING: Final = {
    "title": N_("Give the clause a title."),
    "body": N_("Describe the commitment."),
    "how_known": N_("Give the verification criteria."),
}
MOST_DAYS: Final = 3650


@dataclass(frozen=True)
class ClauseText:
    """The content of a clause, as in `models.norms.Clause`."""

    title: str
    body: str
    how_known: str
    theme: str
    norms: tuple[str, ...]
    days: int
    every: str = ""
    promisors: tuple[str, ...] = ()
    verifier: str = ""
    beside_law: tuple[str, ...] = ()
    advice: str = ""

    def problems(self) -> dict[str, str]:
        """What cannot be taken, a message id for each field."""
        found: dict[str, str] = {}
        for name, longest in LONGEST.items():
            said = getattr(self, name)
            if name in MISSING and not said.strip():
                found[name] = MISSING[name]
            if len(said) > longest:
                found[name] = N_("This is too long.")
        if self.theme not in THEMES:
            found["theme"] = N_("Choose a theme from the list.")
        if not set(self.norms) <= set(NORMS):
            found["norms"] = N_("Choose norms from the list.")
        if not set(self.promisors) <= set(PROMISORS):
            found["promisors"] = N_("Choose from the list.")
        if not set(self.beside_law) <= {one.key for one in INSTRUMENTS}:
            found["beside_law"] = N_("Choose from the list.")
        if not 1 <= self.days <= MOST_DAYS:
            found["days"] = N_("Give a number of days from 1 to 3650.")
        if self.every not in EVERY:
            found["every"] = N_("Choose how often from the list.")
        return found

    def write_into(self, clause: Clause) -> None:
        """Put the text into the clause."""
        for field in fields(self):
            value = getattr(self, field.name)
            setattr(clause, field.name, list(value) if isinstance(value, tuple) else value)


def text_of(clause: Clause) -> ClauseText:
    """The text that a clause holds now."""
    values: dict[str, Any] = {
        field.name: getattr(clause, field.name) for field in fields(ClauseText)
    }
    several = {name: tuple(values[name]) for name in ("norms", "promisors", "beside_law")}
    return ClauseText(**(values | several))
