"""How commitments go, in numbers: what became of due days, and how far each theme is.

Counted is what the person may see, by the policy; of what runs the 2,000 that the audience index
names first, of what is over as many. And only what is or was in force: a proposal binds nobody yet.

A due day is one of five. **Kept**: found in full, whenever. **Disputed**: not kept, and the last
report and the last finding on it, or on the whole, say different steps. **Reported**: neither, and
reported in full, so that a finding is awaited. **Late**: none of these, and the day is over.
**Open**: none of these, and still to come. Of a recurring commitment, what was said of the
whole counts for the rounds that were there when it was said. A day that was not owed is none: one
that passes while the commitment is suspended, or that was still to come when it was released.

The score of a theme is coded after the Peace Accords Matrix (Kroc Institute, University of Notre
Dame): each commitment 0 (not begun), 1 (minimal), 2 (intermediate) or 3 (full); the score is their
sum by the highest they could have, of 100. The code is the step of the latest finding: what the
promisor reports gives none. Full is for what is fulfilled; a step found in full, of a commitment
that has others, is intermediate for the whole. "No evidence available" and "no finding yet" are
counted apart, never as 0.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from models.commitments import Step
from models.vocabulary import THEMES, Tlp
from portal.access import Actor
from portal.commitments.counting import (
    MONTH,
    OUTCOME,
    PROMISOR,
    question,
    question_of_rows,
)
from portal.commitments.filtering import Filter
from portal.commitments.limits import MOST, strictest
from portal.commitments.listing import named
from portal.recipients import reader_of

BEFORE, AHEAD = 17, 6  # months beside the present one that are told apart
PARTIES = 20
SCALE: Final = (Step.NONE, Step.MINIMAL, Step.INTERMEDIATE, Step.FULL)


@dataclass(frozen=True)
class Days:
    """How many due days are kept, late, disputed, reported; and open, which are not due yet."""

    kept: int = 0
    late: int = 0
    disputed: int = 0
    reported: int = 0
    open: int = 0

    @property
    def stated(self) -> int:
        """All but the open ones."""
        return self.kept + self.late + self.disputed + self.reported


@dataclass(frozen=True)
class Theme:
    """How far the commitments of a theme are: how many on each step of the scale, and on none."""

    theme: str
    steps: tuple[int, ...]
    no_evidence: int
    no_finding: int

    @property
    def found(self) -> int:
        """How many have a code, and so count (n)."""
        return sum(self.steps)

    @property
    def score(self) -> int | None:
        """0 to 100, rounded, halves up; None where nothing has a code."""
        points = sum(code * times for code, times in enumerate(self.steps))
        return (200 * points + 3 * self.found) // (6 * self.found) if self.found else None


@dataclass(frozen=True)
class Progress:
    """How commitments go, as far as one person may see them.

    `months` are without gaps, from the first of the month; what lies more than 17 months back or 6
    ahead is summed up in `earlier` and `later`. `parties` are those who promised, by name; of more
    than 20 those with the most due days, the `rest` summed up. `tlp` is the strictest marking of
    what is counted. `capped` says that there may be more than was counted.
    """

    months: tuple[tuple[date, Days], ...]
    earlier: Days
    later: Days
    parties: tuple[tuple[str, Days], ...]
    rest: Days
    themes: tuple[Theme, ...]
    days: Days
    commitments: int
    tlp: Tlp
    capped: bool


def progress(session: Session, actor: Actor, now: datetime, *, narrowed: Filter) -> Progress:
    """How the commitments that the person may see go; one query beside that for principals.

    Of the narrowing, `state` and `due` do not belong here: both lists are counted, and all days.
    """
    reader = reader_of(session, actor, now)
    names = named(reader.principals)
    asked = question(session.get_bind().dialect.name, len(names))
    found = session.execute(asked, {**narrowed.values(reader), **names}).all()
    days = [row for row in found if row.outcome]
    coded = [row for row in found if not row.outcome]
    themes = [row for row in coded if row.theme]
    parties, rest = by_party(days)
    return Progress(
        *by_month(days, now),
        parties=parties,
        rest=rest,
        themes=_themes(themes),
        days=_sum(days),
        commitments=sum(row.times for row in themes),
        tlp=strictest(row.tlp for row in themes),
        capped=any(row.times >= MOST for row in coded if not row.theme),
    )


def behind(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    outcome: str,
    month: date | None = None,
    promisor: str = "",
) -> list[str]:
    """The references of the commitments that a number of the progress counts; at most 101.

    Those with a due day of this outcome ("" is each commitment that is counted), in the month of
    this day, or of the promisor of this name; two queries, as for the progress.
    """
    reader = reader_of(session, actor, now)
    names = named(reader.principals)
    asked = question_of_rows(session.get_bind().dialect.name, len(names))
    said = {
        OUTCOME.key: outcome,
        MONTH.key: month.isoformat()[:7] if month else "",
        PROMISOR.key: promisor,
    }
    return list(session.scalars(asked, {**narrowed.values(reader), **names, **said}))


def _sum(rows: Iterable[Any]) -> Days:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.outcome] += row.times
    return Days(**counts)


def by_month(
    rows: Iterable[Any], now: datetime
) -> tuple[tuple[tuple[date, Days], ...], Days, Days]:
    """The months of `Progress`, with what is earlier and what is later; rows of the question."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        year, month = map(int, row.month.split("-"))
        found.setdefault(year * 12 + month - 1, []).append(row)
    here = now.year * 12 + now.month - 1
    first, last = here - BEFORE, here + AHEAD
    shown = [n for n, there in found.items() if first <= n <= last and _sum(there).stated]
    months = range(min(shown), max(shown) + 1) if shown else range(0)
    return (
        tuple((date(n // 12, n % 12 + 1, 1), _sum(found.get(n, ()))) for n in months),
        _sum(row for n, there in found.items() if n < first for row in there),
        _sum(row for n, there in found.items() if n > last for row in there),
    )


def by_party(rows: Iterable[Any]) -> tuple[tuple[tuple[str, Days], ...], Days]:
    """The parties of `Progress`, with the rest of them; whoever has only open days is left out."""
    homes: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        homes.setdefault((row.name, row.organisation_id), []).append(row)
    ranked = sorted(homes, key=lambda home: (-_sum(homes[home]).stated, home))
    most = sorted(home for home in ranked[:PARTIES] if _sum(homes[home]).stated)
    rest = _sum(row for home in ranked[PARTIES:] for row in homes[home])
    return tuple((home[0], _sum(homes[home])) for home in most), rest


def _themes(rows: Iterable[Any]) -> tuple[Theme, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[row.theme, row.step] += row.times
    there = {theme for theme, _step in counts}
    return tuple(
        Theme(
            theme,
            tuple(counts[theme, str(step)] for step in SCALE),
            counts[theme, Step.NO_EVIDENCE],
            counts[theme, ""],
        )
        for theme in THEMES
        if theme in there
    )
