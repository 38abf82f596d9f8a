"""How harm spread, as far as rows say so: step by step over time, and by region of the world.

It is made of the rows that the person reads and of nothing else: what none of them says is not
known. No way from one row to another is drawn, as nobody stated one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from models.notices import Notice
from models.processes import Process
from portal.access import Actor
from portal.harm.amounts import Amount, Total, totals
from portal.harm.regions import REGIONS, region_of
from portal.harm.text import amount_of
from portal.harm.together import OnOne, together
from portal.harm.words import REACHED_AS
from portal.partial_days import days_of
from portal.rules import READ_TEXT
from portal.words import N_

NOT_SAID: Final = "not-known"
STEPS: Final = {**REACHED_AS, NOT_SAID: N_("First target or spread: not known")}
Days = tuple[date, date]


@dataclass(frozen=True)
class Narrow:
    """The step and the region that are shown; empty is every one."""

    step: str = ""
    region: str = ""


@dataclass(frozen=True)
class Placed:
    """A row with its place: its step, region and days (first and last that it may be).

    `most` is the largest number said of the same measure: amounts of one measure share a scale,
    and totals that hold others one of their own, beside which no part could be seen.
    """

    row: Any
    amount: Amount
    step: str
    region: str
    begins: Days | None
    ends: Days | None
    said: Days | None
    most: int | None


@dataclass(frozen=True)
class Group:
    """The rows of a step or region, and their sums."""

    key: str
    rows: Sequence[Placed]
    totals: Sequence[Total]

    @property
    def countries(self) -> list[str]:
        """The countries that its rows name, by code."""
        return sorted({one.row.country for one in self.rows if one.row.country})

    @property
    def since(self) -> str:
        """The earliest beginning that is known, as it is known, or empty."""
        return min((one.row.from_on for one in self.rows if one.row.from_on), default="")

    @property
    def undated(self) -> int:
        """How many of its rows do not say when it began."""
        return sum(1 for one in self.rows if not one.row.from_on)


@dataclass(frozen=True)
class Spread:
    """The spread of all harm on a notice or process that the person reads, as it was narrowed.

    `capped` says that there is more than is shown.
    """

    on: Notice | Process
    title: str
    rows: Sequence[Placed]
    steps: Sequence[Group]
    regions: Sequence[Group]
    capped: bool


def spread(
    session: Session,
    actor: Actor,
    ref: str,
    now: datetime,
    *,
    narrowed: Narrow | None = None,
    verb: str = READ_TEXT,
) -> Spread:
    """The spread of the harm on a notice or process; `verb` is EXPORT where it is taken along.

    Raises NotFound where the notice or process is absent or hidden.
    """
    return spread_of(together(session, actor, ref, now, verb=verb), narrowed or Narrow())


def spread_of(every: OnOne, asked: Narrow) -> Spread:
    """The spread of these rows, narrowed to a step or a region."""
    rows = [
        one
        for one in placed(every.rows)
        if asked.step in ("", one.step) and asked.region in ("", one.region)
    ]
    steps = [_group(key, (one for one in rows if one.step == key)) for key in STEPS]
    regions = [_group(key, (one for one in rows if one.region == key)) for key in REGIONS]
    in_order = [one for step in steps for one in step.rows]
    return Spread(every.on, every.title, in_order, steps, regions, every.capped)


def placed(rows: Iterable[Any]) -> list[Placed]:
    """Rows at their places: by the day on which it began, not known last, then by the alphabet."""
    ordered = sorted(rows, key=lambda row: (not row.from_on, row.from_on, row.title.casefold()))
    amounts = [amount_of(row) for row in ordered]
    scales = [
        (amount.measure, row.holds_others) for row, amount in zip(ordered, amounts, strict=True)
    ]
    largest: dict[object, int] = {}
    for scale, amount in zip(scales, amounts, strict=True):
        for part in (amount.lower, amount.best, amount.upper):
            if part is not None:
                largest[scale] = max(part, largest.get(scale, 0))
    return [
        Placed(
            row,
            amount,
            row.reached_as or NOT_SAID,
            region_of(row.country),
            days_of(row.from_on),
            days_of(row.until_on),
            days_of(row.said_on),
            largest.get(scale),
        )
        for row, amount, scale in zip(ordered, amounts, scales, strict=True)
    ]


def _group(key: str, rows: Iterable[Placed]) -> Group:
    mine = list(rows)
    return Group(key, mine, totals((one.amount, one.row.holds_others) for one in mine))
