"""The processes in which a person has a seat, with how many of their commitments need a look."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import case, exists, func, select, union
from sqlalchemy.orm import Session

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState, Milestone
from models.processes import Phase, Process
from portal.access import READER, readable
from portal.among import among
from portal.db import in_state
from portal.parameters import PRINCIPALS, SEATS, at_most, ready
from portal.processes import differs, overdue, waits
from portal.recipients import Reader
from portal.rules import COMMITMENTS, PROCESSES

SHOWN: Final = 6
LOOKED_AT: Final = 40
COUNTED: Final = 25  # commitments in all: numbers of more have a "+", and cost nothing more


@dataclass(frozen=True)
class ProcessRow:
    """A process, and how many of its commitments are overdue, differ, or wait for somebody.

    Those counted are the reader's to read; with `more` there may be others beyond the counted ones.
    """

    ref: str
    name: str
    state: str
    overdue: int
    differ: int
    waiting: int
    more: bool


def processes(session: Session, reader: Reader) -> tuple[ProcessRow, ...]:
    """The processes that are under way and were changed last, in one query; at most six."""
    rows = session.execute(MINE, reader.values).all()
    more = sum(row.looked_at for row in rows) >= COUNTED
    return tuple(
        ProcessRow(row.ref, row.cover_name, row.state, row.overdue, row.differ, row.waiting, more)
        for row in rows
    )


def _findable() -> Any:
    # The index proposes: what it does not know of the reader is not asked of the policy.
    index = CommitmentAudienceRow
    found = (index.commitment_id == Commitment.id, among(index.principal, PRINCIPALS))
    return exists().where(*found).correlate(Commitment)


def _could_count() -> Any:
    # Each arm starts from an index of the few: to look at all that belongs to a process is dear.
    ours, key = among(Commitment.process_id + 0, SEATS), Commitment.id.label("id")
    proposed = in_state(Commitment, CommitmentState.PROPOSED)
    # As a value and not as a join, for which PostgreSQL would read all commitments.
    of = select(Commitment.process_id).where(Commitment.id == Milestone.commitment_id)
    reported = (
        select(Milestone.commitment_id)
        .where(Milestone.met_at.is_(None), Milestone.reported_at.is_not(None), Milestone.awaited)
        .where(among(of.scalar_subquery(), SEATS))
    )
    arms = (
        select(key).where(among(Commitment.process_id, SEATS), overdue()),
        select(key).where(among(Commitment.process_id, SEATS), proposed),
        select(key).where(ours, differs()),
        reported,
    )
    parts = (arm.limit(at_most(LOOKED_AT)).subquery() for arm in arms)
    return union(*(select(*part.c) for part in parts)).subquery()


def _mine() -> Any:
    flags = {"overdue": overdue(), "differ": differs(), "waiting": waits()}
    ones = (case((flag, 1), else_=0).label(name) for name, flag in flags.items())
    # As a part of its own, so that the policy is asked only of those.
    keys = _could_count()
    could = (
        select(Commitment.id, *ones)
        .join(keys, keys.c.id == Commitment.id)
        .where(_findable())
        .limit(at_most(LOOKED_AT))
        .subquery()
    )
    found = (
        readable(
            COMMITMENTS,
            Commitment.process_id,
            *(could.c[name] for name in flags),
            who=READER,
        )
        .join(could, could.c.id == Commitment.id)
        .limit(at_most(COUNTED))
        .subquery()
    )
    sums = (func.coalesce(func.sum(found.c[name]), 0).label(name) for name in flags)
    return (
        readable(
            PROCESSES,
            Process.ref,
            Process.cover_name,
            Process.state,
            *sums,
            func.count(found.c.process_id).label("looked_at"),
            who=READER,
        )
        .outerjoin(found, found.c.process_id == Process.id)
        .where(among(Process.id, SEATS), Process.state != Phase.CLOSED)
        .group_by(Process.id, Process.ref, Process.cover_name, Process.state)
        .order_by(Process.changed_at.desc(), Process.id.desc())
        .limit(at_most(SHOWN))
    )


MINE: Final = ready(_mine())
