"""The overview: live commitments, the late ones first, and those that are over, newest first.

As with notices the audience index proposes and the law disposes. A narrowed list walks a bounded
number of index rows for a page and says where to look further, so that a rare filter among a
million commitments costs no more than a common one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, or_, select, tuple_, union
from sqlalchemy.orm import Session, aliased

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState, Milestone, Statement, Voice
from models.norms import NormTag
from models.stakeholders import Membership, Organisation
from portal.access import Actor, clause, visible
from portal.addressing import principals
from portal.commitments.timing import in_state
from portal.rules import COMMITMENTS, OVER, READ_TEXT

PAGE = 25
WALKED = 4000
SOON = timedelta(days=14)
Mark = tuple[datetime, int]
INDEX = CommitmentAudienceRow
PROMISOR, ADDRESSEE, VERIFIER = (aliased(Organisation) for _ in range(3))


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means everything that is live.

    `due` is `late`, `soon` (14 days) or empty; `party`, `process` are keys, 0 for any.
    """

    state: str = ""
    theme: str = ""
    norm: str = ""
    due: str = ""
    party: int = 0
    process: int = 0

    @property
    def live(self) -> bool:
        """Whether the list is of what still runs."""
        return self.state != "over" and self.state not in OVER

    def clauses(self, now: datetime) -> list[Any]:
        """The narrowing as SQL over commitments."""
        found: list[Any] = []
        if self.state and self.state != "over":
            found.append(Commitment.state == self.state)
        if self.theme:
            found.append(Commitment.theme == self.theme)
        if self.process:
            found.append(Commitment.process_id == self.process)
        if self.party:
            sides = (Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id)
            found.append(or_(*(side == self.party for side in sides)))
        if self.norm:
            tagged = and_(NormTag.commitment_id == Commitment.id, NormTag.norm == self.norm)
            found.append(exists().where(tagged).correlate(Commitment))
        if self.due == "late":
            found += [Commitment.due_at <= now, Commitment.state == CommitmentState.IN_FORCE]
        if self.due == "soon":
            found += [Commitment.due_at > now, Commitment.due_at <= now + SOON]
        return found


@dataclass(frozen=True)
class Page:
    """One page of a list, and where the next one starts; empty at the end."""

    rows: tuple[Any, ...]
    after: str


def overview(
    session: Session, actor: Actor, now: datetime, *, narrowed: Filter, after: str = ""
) -> Page:
    """A page of commitments that the person may see."""
    narrowing = narrowed.clauses(now)
    size = WALKED if narrowing else 2 * (PAGE + 1)
    walked = _walked(principals(session, actor, now), narrowed.live, size, _read_mark(after))
    rows = list(
        session.execute(
            columns(actor, now)
            .join(walked, walked.c.commitment_id == Commitment.id)
            .where(*narrowing)
            .add_columns(walked.c.turns_at)
            .order_by(*_order(walked.c, narrowed.live))
            .limit(PAGE + 1)
        )
    )
    if len(rows) > PAGE:
        return Page(tuple(rows[:PAGE]), _write_mark(rows[PAGE - 1]))
    return Page(tuple(rows), _end_of(session, walked, narrowed.live, size))


def _end_of(session: Session, walked: Any, live: bool, size: int) -> str:
    # Where the walk ended early, the next page begins behind it.
    last = session.execute(
        select(walked.c.turns_at, walked.c.commitment_id.label("id"))
        .order_by(*_order(walked.c, live))
        .offset(size - 1)
        .limit(1)
    ).one_or_none()
    return _write_mark(last) if last is not None else ""


def nearest(who: list[str], live: bool, size: int) -> Any:
    """The keys that the index proposes first, as a subquery: `commitment_id`, `turns_at`."""
    return _walked(who, live, size, None)


def _walked(who: list[str], live: bool, size: int, mark: Mark | None) -> Any:
    # UNION in the order of its parts: SQLite merges them as they come, and ends with the last key.
    walks = [_walk(name, live, size, mark).subquery() for name in who]
    merged = union(*(select(walk.c.turns_at, walk.c.commitment_id) for walk in walks))
    return merged.order_by(*_order(merged.selected_columns, live)).limit(size).subquery()


def _walk(name: str, live: bool, size: int, mark: Mark | None) -> Any:
    keys = select(INDEX.commitment_id, INDEX.turns_at).where(
        INDEX.principal == name, INDEX.live.is_(live)
    )
    if mark is not None:
        place = tuple_(INDEX.turns_at, INDEX.commitment_id)
        keys = keys.where(place > tuple_(*mark) if live else place < tuple_(*mark))
    return keys.order_by(*_order(INDEX, live)).limit(size)


def _order(row: Any, live: bool) -> tuple[Any, Any]:
    if live:
        return row.turns_at, row.commitment_id
    return row.turns_at.desc(), row.commitment_id.desc()


def latest(voice: Voice) -> Any:
    """The step of the last word of a voice on the commitment of the question around it."""
    said = (
        select(Statement.step)
        .where(Statement.commitment_id == Commitment.id, Statement.voice == voice)
        .order_by(Statement.id.desc())
        .limit(1)
    )
    return said.correlate(Commitment).scalar_subquery()


def waits_for_finding() -> Any:
    """Whether something was reported that nobody has verified yet."""
    reported = and_(
        Milestone.commitment_id == Commitment.id,
        Milestone.met_at.is_(None),
        Milestone.reported_at.is_not(None),
    )
    return exists().where(reported).correlate(Commitment)


def columns(actor: Actor, now: datetime) -> Any:
    """What a row of commitments shows, of all that the person may see."""
    title = case((clause(COMMITMENTS, READ_TEXT, actor.person_id, now), Commitment.title), else_="")
    return (
        visible(
            COMMITMENTS,
            actor,
            now,
            Commitment.id,
            Commitment.ref,
            Commitment.tlp,
            Commitment.state,
            Commitment.theme,
            Commitment.due_at,
            Commitment.ended_at,
            Commitment.asked_id,
            Commitment.organisation_id,
            title.label("title"),
            PROMISOR.name.label("promisor"),
            ADDRESSEE.name.label("addressee"),
            VERIFIER.name.label("verifier"),
            latest(Voice.REPORT).label("reported"),
            latest(Voice.FINDING).label("found"),
            waits_for_finding().label("unverified"),
        )
        .join(PROMISOR, PROMISOR.id == Commitment.organisation_id)
        .join(ADDRESSEE, ADDRESSEE.id == Commitment.addressee_id)
        .outerjoin(VERIFIER, VERIFIER.id == Commitment.verifier_id)
    )


def _write_mark(row: Any) -> str:
    return f"{row.turns_at.isoformat()}_{row.id}"


def _read_mark(after: str) -> Mark | None:
    at, _, key = after.rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment.astimezone(UTC), int(key)) if moment.tzinfo and len(key) < 16 else None
    except (ValueError, OverflowError):
        return None


def drafts(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The drafts of the person's side, last changed first."""
    columns = (Commitment.ref, Commitment.title, Commitment.tlp, Commitment.changed_at)
    at_home = exists().where(
        Membership.organisation_id == Commitment.organisation_id,
        Membership.person_id == actor.person_id,
    )
    rows = session.execute(
        visible(COMMITMENTS, actor, now, *columns)
        .where(in_state(CommitmentState.DRAFT), at_home)
        .order_by(Commitment.changed_at.desc())
        .limit(PAGE)
    )
    return list(rows)
