"""Whether what was poured in is what the services would have written: a sample of the indexes."""

import random
import sys
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.audience import AudienceRow, CommitmentAudienceRow
from models.commitments import Commitment
from models.notices import Notice
from portal import commitments
from portal.db import make_sessions, reading
from portal.notices.index import expected_rows

SAMPLE = 200


def compare(engine: Engine) -> None:
    """Look at 200 resources of each noun; raises at the first whose index rows are not as expected.

    A seed that put in something else would measure pages that nobody ever sees.
    """
    with reading(make_sessions(engine)) as session:
        for notice in _some(session, Notice):
            found = _index(session, AudienceRow.notice_id, notice.id)
            if {row.principal for row in found} != expected_rows(session, notice):
                sys.exit(f"the index of {notice.ref} is not what it should be")
        for resource in _some(session, Commitment):
            found = _index(session, CommitmentAudienceRow.commitment_id, resource.id)
            there = {(row.principal, row.live, row.turns_at) for row in found}
            if there != commitments.expected_rows(session, resource):
                sys.exit(f"the index of {resource.ref} is not what it should be")


def _some(session: Session, model: Any) -> list[Any]:
    most = session.scalar(select(func.max(model.id))) or 0
    keys = random.Random(7).sample(range(1, most + 1), min(SAMPLE, most))
    return list(session.scalars(select(model).where(model.id.in_(keys))))


def _index(session: Session, key: Any, resource_id: int) -> list[Any]:
    return list(session.scalars(select(key.class_).where(key == resource_id)))
