"""A record is begun from the agenda, and written point by point, by several people at once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.agenda import AgendaItem, ItemState, Sight
from models.dialogues import Delegation, Dialogue
from models.records import Action, Point, Position, Record
from portal.access import Actor
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import create, draft_of, transition
from portal.parameters import at_most
from portal.records.lock import lock
from portal.rules import DIALOGUES, RECORDS
from portal.rules.verbs import DRAFT_RECORD, WRITE
from portal.words import N_

LONGEST: Final = {"title": 200, "notes": 50_000, "words": 10_000}
MOST_POINTS: Final = 200
TOO_LONG: Final = N_("This is too long.")
AWAY: Final = 100_000


@dataclass(frozen=True)
class PointText:
    """What a point says; `positions` are words by the key of a delegation, none where empty."""

    title: str
    notes: str = ""
    positions: dict[int, str] = field(default_factory=dict)

    def problems(self) -> dict[str, str]:
        """A message for each field that cannot be taken."""
        found: dict[str, str] = {}
        if not self.title.strip():
            found["title"] = N_("Give the point a title.")
        elif len(self.title) > LONGEST["title"]:
            found["title"] = TOO_LONG
        if len(self.notes) > LONGEST["notes"]:
            found["notes"] = TOO_LONG
        if any(len(words) > LONGEST["words"] for words in self.positions.values()):
            found["positions"] = TOO_LONG
        return found


def draft_record(session: Session, actor: Actor, dialogue_ref: str, now: datetime) -> Record:
    """Begin the record of a dialogue, with a point for each item that all at the table see.

    Raises TooLate when the dialogue has a record already.
    """
    with transition(session, actor, DRAFT_RECORD, DIALOGUES, dialogue_ref, now) as dialogue:
        there = select(Record.id).where(
            Record.dialogue_id == dialogue.id, Record.source_id.is_(None)
        )
        if session.scalar(there) is not None:
            raise TooLate(DRAFT_RECORD)
        record = draft_of(
            RECORDS,
            actor,
            dialogue.organisation_id,
            now,
            dialogue_id=dialogue.id,
            tlp=dialogue.tlp,
            title=dialogue.title,
        )
        create(session, actor, DRAFT_RECORD, RECORDS, record, now)
        items = session.scalars(
            select(AgendaItem)
            .where(
                AgendaItem.dialogue_id == dialogue.id,
                AgendaItem.sight == Sight.ALL,
                AgendaItem.state.in_((ItemState.PLANNED, ItemState.DONE)),
            )
            .order_by(AgendaItem.number, AgendaItem.id)
        )
        for number, item in enumerate(items.all(), 1):
            session.add(_point(record, number, item.title, actor, now, item.id))
        session.flush()
    return record


def _point(
    record: Record, number: int, title: str, actor: Actor, now: datetime, item: int | None = None
) -> Point:
    return Point(
        record_id=record.id,
        item_id=item,
        number=number,
        title=title,
        changed_at=now,
        changed_by_id=actor.person_id,
    )


def point_text(session: Session, point: Point) -> PointText:
    """What a point says now, with its positions."""
    rows = session.execute(
        select(Position.delegation_id, Position.words).where(Position.point_id == point.id)
    )
    return PointText(point.title, point.notes, {row[0]: row[1] for row in rows})


def write(
    session: Session,
    actor: Actor,
    ref: str,
    key: int,
    *,
    text: PointText,
    version: int,
    now: datetime,
) -> Point:
    """Say anew what a point says; of the positions, those that `text` names.

    Raises TooLate when `version` is no longer the present one or the point is gone, Invalid for
    bad fields, and for any position where no speaker may be named.
    """
    with transition(session, actor, WRITE, RECORDS, ref, now, point=key) as record:
        # Others may write other points meanwhile; nobody seals the record under this one.
        lock(session, record, WRITE, alone=False)
        point = _present(session, record, key, version)
        refuse(text.problems() | _unfit(session, record, text.positions))
        point.title, point.notes = text.title.strip(), text.notes
        point.changed_at, point.changed_by_id = now, actor.person_id
        flag_modified(point, "changed_at")
        session.flush()
        _write_positions(session, record, point, text.positions)
    return point


def _present(session: Session, record: Record, key: int, version: int | None = None) -> Point:
    found = select(Point).where(Point.id == key, Point.record_id == record.id)
    point = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if point is None or version not in (None, point.version):
        raise TooLate(WRITE)
    return point


def _unfit(session: Session, record: Record, positions: dict[int, str]) -> dict[str, str]:
    if not positions:
        return {}
    if not session.get_one(Dialogue, record.dialogue_id).attributed:
        return {"positions": N_("Under the Chatham House Rule no speaker is named.")}
    there = select(Delegation.id).where(Delegation.dialogue_id == record.dialogue_id)
    if set(positions) - set(session.scalars(there)):
        return {"positions": N_("This delegation does not take part.")}
    return {}


def _write_positions(
    session: Session, record: Record, point: Point, positions: dict[int, str]
) -> None:
    rows = session.scalars(select(Position).where(Position.point_id == point.id))
    kept = {row.delegation_id: row for row in rows}
    for side, words in positions.items():
        row = kept.get(side)
        if not words.strip():
            if row is not None:
                session.delete(row)
        elif row is not None:
            row.words = words
        else:
            there = {"dialogue_id": record.dialogue_id, "point_id": point.id}
            session.add(Position(**there, delegation_id=side, words=words))
    session.flush()


def add_point(
    session: Session, actor: Actor, ref: str, *, title: str, after: int = 0, now: datetime
) -> Point:
    """Add a point behind the one with the key `after`, or at the end; raises Invalid."""
    with transition(session, actor, WRITE, RECORDS, ref, now) as record:
        keys = _rearranging(session, record, now)
        refuse(PointText(title).problems())
        if len(keys) >= MOST_POINTS:
            raise Invalid({"title": N_("Minutes hold at most 200 points.")})
        point = _point(record, AWAY, title.strip(), actor, now)
        session.add(point)
        session.flush()
        place = keys.index(after) + 1 if after in keys else len(keys)
        _order(session, record, [*keys[:place], point.id, *keys[place:]])
    return point


def move_point(
    session: Session, actor: Actor, ref: str, key: int, *, up: bool, now: datetime
) -> None:
    """Move a point one place up or down; at the end of the list it stays where it is."""
    with transition(session, actor, WRITE, RECORDS, ref, now, point=key) as record:
        keys = _rearranging(session, record, now)
        _present(session, record, key)
        place = keys.index(key)
        other = max(0, place - 1) if up else min(len(keys) - 1, place + 1)
        keys[place], keys[other] = keys[other], keys[place]
        _order(session, record, keys)


def remove_point(
    session: Session, actor: Actor, ref: str, key: int, *, version: int, now: datetime
) -> None:
    """Take a point out; raises TooLate when it was written anew meanwhile.

    Raises Invalid while positions or actions hang on it: they are not thrown away by the way.
    """
    with transition(session, actor, WRITE, RECORDS, ref, now, point=key) as record:
        keys = _rearranging(session, record, now)
        point = _present(session, record, key, version)
        hanging: list[Any] = [
            select(row.id).where(row.point_id == key).limit(at_most(1))
            for row in (Position, Action)
        ]
        if any(session.scalar(one) for one in hanging):
            raise Invalid(
                {"point": N_("This point has positions or action items; remove them first.")}
            )
        session.delete(point)
        session.flush()
        _order(session, record, [other for other in keys if other != key])


def _rearranging(session: Session, record: Record, now: datetime) -> list[int]:
    """The keys of the points in their order, with nobody else rearranging or writing them."""
    lock(session, record, WRITE)
    record.changed_at = now
    flag_modified(record, "changed_at")
    session.flush()
    keys = select(Point.id).where(Point.record_id == record.id).order_by(Point.number)
    return list(session.scalars(keys))


def _order(session: Session, record: Record, keys: list[int]) -> None:
    # Not through the objects: to be moved is not to be written, whoever writes it keeps the place.
    # Out of the way first, for no two may have one number in between.
    if not keys:
        return
    mine = update(Point).where(Point.record_id == record.id)
    quiet = mine.execution_options(synchronize_session=False)
    most = session.scalar(select(func.max(Point.number)).where(Point.record_id == record.id)) or 0
    session.execute(quiet.values(number=Point.number + most + len(keys)))
    numbers = {key: number for number, key in enumerate(keys, 1)}
    session.execute(quiet.values(number=case(numbers, value=Point.id, else_=Point.number)))
    fresh = select(Point).where(Point.record_id == record.id)
    session.scalars(fresh.execution_options(populate_existing=True)).all()
