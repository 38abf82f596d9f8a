"""Amounts of harm: ranges of which each part may be unknown, and sums that say what is left out.

Nothing here has a truth value, and amounts cannot be added with `+`: "not known" would become 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NoReturn

from portal.harm.words import CURRENCIES
from portal.parsing import whole
from portal.words import N_

LARGEST: Final = 10**15
LONGEST_UNIT: Final = 80
FIRST_YEAR, LAST_YEAR = 1970, 2100
# How "not known" is written in files: an empty cell could be read as 0, a word cannot.
NOT_KNOWN: Final = "not known"


@dataclass(frozen=True)
class Amount:
    """A range of whole numbers of a unit; None is "not known", and 0 is none at all."""

    lower: int | None = None
    best: int | None = None
    upper: int | None = None
    unit: str = ""
    currency: str = ""
    year: int | None = None

    def __bool__(self) -> NoReturn:
        """Refuse to be judged: an amount of 0 is known, and one that is not known is not 0."""
        raise TypeError("an amount is known or not: ask `known`")

    @property
    def known(self) -> bool:
        """Whether anything of it is known."""
        return any(part is not None for part in (self.lower, self.best, self.upper))

    @property
    def low(self) -> int | None:
        """Its lower end: what it is at the least, as far as somebody said it."""
        return self.lower if self.lower is not None else self.best

    @property
    def high(self) -> int | None:
        """Its upper end; None for "at least"."""
        return self.upper if self.upper is not None else self.best

    @property
    def measure(self) -> tuple[str, str, int | None]:
        """What it is counted in: amounts of different measures are never added."""
        return self.unit, self.currency, self.year

    def problems(self) -> dict[str, str]:
        """What cannot be, a message id for each field."""
        found: dict[str, str] = {}
        parts = [part for part in (self.lower, self.best, self.upper) if part is not None]
        if parts != sorted(parts):
            found["lower"] = N_("The lower bound, the best estimate and the upper bound must rise.")
        if any(not 0 <= part <= LARGEST for part in parts):
            found["lower"] = N_("Enter whole numbers from 0 on.")
        if self.currency not in ("", *CURRENCIES):
            found["currency"] = N_("Choose one from the list.")
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            found["year"] = N_("Enter a year, such as 2017.")
        if len(self.unit) > LONGEST_UNIT:
            found["unit"] = N_("This is too long.")
        if parts and not (self.unit.strip() or self.currency):
            found["unit"] = N_("Say what is counted, or choose a currency.")
        return found


@dataclass(frozen=True)
class Total:
    """The sum of the rows of one measure: a range, and what it leaves out.

    `low` is None where no row has a lower end, `high` where any row has no upper end: the whole is
    then "at least". `without_low` and `without_high` count the rows without such an end, `unknown`
    those of which nothing is known, `holding` those that count others once more.
    """

    unit: str
    currency: str
    year: int | None
    low: int | None
    high: int | None
    rows: int
    without_low: int
    without_high: int
    unknown: int
    holding: int


def read_part(text: str) -> int | None:
    """A part of an amount as it was typed or stands in a file; None where it is not known.

    Raises ValueError for what is neither a whole number nor empty nor "not known".
    """
    typed = text.strip().replace(" ", "").replace(",", "")
    if typed in ("", NOT_KNOWN.replace(" ", "")):
        return None
    number = whole(typed, LARGEST)
    if number is None:
        raise ValueError(text)
    return number


def written(part: int | None) -> str:
    """A part of an amount as files have it; `read_part` gives back what it was."""
    return NOT_KNOWN if part is None else str(part)


def totals(rows: Iterable[tuple[Amount, bool]]) -> list[Total]:
    """The sum of each measure; with each amount whether it holds what other rows count."""
    found: dict[tuple[str, str, int | None], list[tuple[Amount, bool]]] = {}
    for amount, holds_others in rows:
        found.setdefault(amount.measure, []).append((amount, holds_others))
    return [
        _total(measure, every)
        for measure, every in sorted(found.items(), key=lambda one: (*one[0][:2], one[0][2] or 0))
    ]


def _total(measure: tuple[str, str, int | None], every: list[tuple[Amount, bool]]) -> Total:
    counted = [amount for amount, holds_others in every if not holds_others and amount.known]
    lows = [amount.low for amount in counted if amount.low is not None]
    highs = [amount.high for amount in counted if amount.high is not None]
    return Total(
        *measure,
        low=sum(lows) if lows else None,
        high=sum(highs) if highs and len(highs) == len(counted) else None,
        rows=len(counted),
        without_low=len(counted) - len(lows),
        without_high=len(counted) - len(highs),
        unknown=sum(1 for amount, holds in every if not holds and not amount.known),
        holding=sum(1 for _amount, holds in every if holds),
    )
