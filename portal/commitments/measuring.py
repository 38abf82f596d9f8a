"""How commitments go, in numbers: due days kept, late and disputed, and how far each theme is.

Counted is what the person may see, by the law; of what runs the 2,000 that the audience index names
first, of what is over as many. And only what is or was in force: a proposal binds nobody yet.

A due day is one of four. **Kept**: found in full, whenever. **Disputed**: not kept, and the last
report and the last finding on it, or on the whole, say different steps. **Late**: neither, and the
day is over. **Open**: neither, and still to come. Of a recurring commitment, what was said of the
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

from sqlalchemy import and_, case, extract, func, literal, not_, or_, select, union, union_all
from sqlalchemy.orm import Session, aliased

from models.commitments import Commitment, CommitmentState, Milestone, Statement, Step, Voice
from models.stakeholders import Organisation
from models.vocabulary import THEMES, Tlp
from portal.access import Actor, visible
from portal.addressing import principals
from portal.commitments.gathering import MOST, narrowing, strictest
from portal.commitments.listing import Filter, nearest
from portal.rules import COMMITMENTS

KEPT, LATE, DISPUTED, OPEN = "kept", "late", "disputed", "open"
BEFORE, AHEAD = 17, 6  # months beside the present one that are told apart
PARTIES = 20
SCALE: Final = (Step.NONE, Step.MINIMAL, Step.INTERMEDIATE, Step.FULL)
EARLIER, FINDING = aliased(Milestone), aliased(Statement)


@dataclass(frozen=True)
class Days:
    """How many due days are kept, late, disputed; and open, which are not due yet."""

    kept: int = 0
    late: int = 0
    disputed: int = 0
    open: int = 0

    @property
    def told(self) -> int:
        """All but the open ones."""
        return self.kept + self.late + self.disputed


@dataclass(frozen=True)
class Theme:
    """How far the commitments of a theme are: how many on each step of the scale, and on none."""

    theme: str
    steps: tuple[int, int, int, int]
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
    what is counted. `capped` says that there is more than was counted.
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
    """How the commitments that the person may see go; two queries beside that for principals.

    Of the narrowing, `state` and `due` do not belong here: both lists are counted, and all days.
    """
    who = principals(session, actor, now)
    live, over = (nearest(who, runs, MOST + 1) for runs in (True, False))
    keys = union(select(live.c.commitment_id), select(over.c.commitment_id)).subquery()
    counted = (
        visible(COMMITMENTS, actor, now, *Commitment.__table__.c)
        .join(keys, keys.c.commitment_id == Commitment.id)
        .where(Commitment.began_at.is_not(None), *narrowing(narrowed, actor, now))
        .cte("counted")
    )
    days = session.execute(_due_days(counted, now)).all()
    found = session.execute(union_all(_found(counted), _walked(live), _walked(over))).all()
    themes = [row for row in found if row.theme]
    parties, rest = _parties(days)
    return Progress(
        *_months(days, now),
        parties=parties,
        rest=rest,
        themes=_themes(themes),
        days=_sum(days),
        commitments=sum(row.times for row in themes),
        tlp=strictest(row.tlp for row in themes),
        capped=any(row.times > MOST for row in found if not row.theme),
    )


def _due_days(counted: Any, now: datetime) -> Any:
    c, met = counted.c, Milestone.met_at.is_not(None)
    reported, found = _last(Voice.REPORT, c), _last(Voice.FINDING, c)
    unowed = or_(
        and_(c.state == CommitmentState.RELEASED, Milestone.due_at > c.ended_at),
        and_(c.state == CommitmentState.SUSPENDED, Milestone.due_at > c.suspended_at),
    )
    outcome = case(
        (met, KEPT), (reported != found, DISPUTED), (Milestone.due_at <= now, LATE), else_=OPEN
    )
    days = (
        select(
            extract("year", Milestone.due_on).label("year"),
            extract("month", Milestone.due_on).label("month"),
            c.organisation_id,
            outcome.label("outcome"),
        )
        .join(counted, c.id == Milestone.commitment_id)
        .where(or_(met, not_(unowed)))
        .subquery()
    )
    by = (*days.c, Organisation.name)
    home = Organisation.id == days.c.organisation_id
    return select(*by, func.count().label("times")).join(Organisation, home).group_by(*by)


def _last(voice: Voice, counted: Any) -> Any:
    # The step that a voice last said of a due day, or of the whole while that day was there.
    opened = (
        select(func.max(EARLIER.due_at))
        .where(
            EARLIER.commitment_id == Milestone.commitment_id, EARLIER.number < Milestone.number
        )
        .correlate(Milestone)
        .scalar_subquery()
    )
    there = or_(counted.every == "", opened.is_(None), Statement.at >= opened)
    about = or_(
        Statement.milestone_id == Milestone.id, and_(Statement.milestone_id.is_(None), there)
    )
    said = (
        select(Statement.step)
        .where(Statement.commitment_id == Milestone.commitment_id, Statement.voice == voice, about)
        .order_by(Statement.id.desc())
        .limit(1)
    )
    return said.correlate(Milestone, counted.id.table).scalar_subquery()


def _found(counted: Any) -> Any:
    c = counted.c
    latest = (
        select(func.max(Statement.id))
        .where(Statement.commitment_id == c.id, Statement.voice == Voice.FINDING)
        .correlate(counted)
        .scalar_subquery()
    )
    of_a_step = and_(FINDING.milestone_id.is_not(None), c.every == "", FINDING.step == Step.FULL)
    code = case(
        (c.state == CommitmentState.FULFILLED, Step.FULL),
        (of_a_step, Step.INTERMEDIATE),
        else_=func.coalesce(FINDING.step, ""),
    )
    rows = (
        select(c.theme, code.label("step"), c.tlp)
        .select_from(counted)
        .outerjoin(FINDING, FINDING.id == latest)
        .subquery()
    )
    return select(*rows.c, func.count().label("times")).group_by(*rows.c)


def _walked(proposed: Any) -> Any:
    # How many the index named, as a row among those of themes.
    nothing = (literal("").label(name) for name in ("theme", "step", "tlp"))
    return select(*nothing, func.count().label("times")).select_from(proposed)


def _sum(rows: Iterable[Any]) -> Days:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.outcome] += row.times
    return Days(**counts)


def _months(rows: Any, now: datetime) -> tuple[tuple[tuple[date, Days], ...], Days, Days]:
    by_month: dict[int, list[Any]] = {}
    for row in rows:
        by_month.setdefault(int(row.year) * 12 + int(row.month) - 1, []).append(row)
    here = now.year * 12 + now.month - 1
    first, last = here - BEFORE, here + AHEAD
    shown = [n for n, there in by_month.items() if first <= n <= last and _sum(there).told]
    months = range(min(shown), max(shown) + 1) if shown else range(0)
    return (
        tuple((date(n // 12, n % 12 + 1, 1), _sum(by_month.get(n, ()))) for n in months),
        _sum(row for n, there in by_month.items() if n < first for row in there),
        _sum(row for n, there in by_month.items() if n > last for row in there),
    )


def _parties(rows: Any) -> tuple[tuple[tuple[str, Days], ...], Days]:
    by_home: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        by_home.setdefault((row.name, row.organisation_id), []).append(row)
    told = sorted(by_home, key=lambda home: (-_sum(by_home[home]).told, home))
    most = sorted(home for home in told[:PARTIES] if _sum(by_home[home]).told)
    rest = _sum(row for home in told[PARTIES:] for row in by_home[home])
    return tuple((home[0], _sum(by_home[home])) for home in most), rest


def _themes(rows: Iterable[Any]) -> tuple[Theme, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[row.theme, row.step] += row.times
    there = {theme for theme, _step in counts}
    return tuple(
        Theme(
            theme,
            tuple(counts[theme, step] for step in SCALE),  # type: ignore[arg-type]
            counts[theme, Step.NO_EVIDENCE],
            counts[theme, ""],
        )
        for theme in THEMES
        if theme in there
    )
