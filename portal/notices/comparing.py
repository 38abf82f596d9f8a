"""What a correction changed: one edition beside the one before it."""

import difflib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.notices import Edition, Notice
from portal.access import Actor, clause, enter
from portal.errors import NotFound
from portal.rules import NOTICES, READ_LEDGER, READ_TEXT, edition_readers

PROSE = ("summary", "body")


@dataclass(frozen=True)
class Change:
    """One field that two texts say otherwise; prose comes as lines marked same, gone, new."""

    field: str
    before: Any
    after: Any
    lines: tuple[tuple[str, str], ...] = ()


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The fields in which two texts differ, in the order of the text."""
    return [
        Change(name, before.get(name), value, _lines(before.get(name), value, name))
        for name, value in after.items()
        if before.get(name) != value
    ]


def _lines(before: Any, after: Any, name: str) -> tuple[tuple[str, str], ...]:
    if name not in PROSE:
        return ()
    words = {" ": "same", "-": "gone", "+": "new"}
    compared = difflib.ndiff((before or "").splitlines(), (after or "").splitlines())
    return tuple((words[line[0]], line[2:]) for line in compared if line[0] in words)


def compare(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> tuple[Notice, list[Edition], list[Change]]:
    """An edition beside the one before it; both must have been open to the person.

    The present edition is anybody's who may read the text; an earlier one only its own side's and
    that of whoever opened it in its time: a new reader must not find what was taken out. Raises
    NotFound otherwise.
    """
    notice = enter(session, actor, READ_TEXT, NOTICES, ref, now)
    own_side = clause(NOTICES, READ_LEDGER, actor.person_id, now)
    known = or_(
        Edition.number == notice.edition,
        edition_readers.clause(Edition, actor.person_id, now),
        own_side,
    )
    pair = session.scalars(
        select(Edition)
        .join(Notice, Notice.id == Edition.notice_id)
        .where(Edition.notice_id == notice.id, Edition.number.in_((number - 1, number)), known)
        .order_by(Edition.number)
    ).all()
    if [edition.number for edition in pair] != [number - 1, number]:
        raise NotFound(ref)
    return notice, list(pair), changes(pair[0].text, pair[1].text)
