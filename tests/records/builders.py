"""Records for tests, begun and written through the service as the people of the cast."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem, ItemState, Sight
from models.dialogues import Attendee, Dialogue
from models.records import Point, Record, RecordEdition, RecordState
from portal import records
from portal.records import PointText
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import comes, held, side_of

TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"


def item(session: Session, world: World, dialogue: Dialogue, title: str, **values: Any) -> int:
    """An item of the agenda, planned and seen by all unless said otherwise; its key."""
    said = {"number": 1, "state": ItemState.PLANNED, "sight": Sight.ALL} | values
    by = world.actors[ORGANISER].person_id
    row = AgendaItem(dialogue_id=dialogue.id, title=title, by_id=by, created_at=NOW, **said)
    session.add(row)
    session.flush()
    return row.id


def talked(session: Session, world: World, *delegations: str, **text: Any) -> Dialogue:
    """A dialogue of Telco and Cloud that was held; the response analyst took the notes."""
    guests = ((CERT, "note-taker"),)
    dialogue = held(session, world, *(delegations or ("telco", "cloud")), guests=guests, **text)
    for name in (TELCO, CLOUD):
        comes(session, world, dialogue, name, came=True)
    item(session, world, dialogue, "Restraint", number=1)
    item(session, world, dialogue, "Next steps", number=2, state=ItemState.DONE)
    return dialogue


def begun(session: Session, world: World, *delegations: str, **text: Any) -> Record:
    """The draft of a record, with a point for each of the two items."""
    dialogue = talked(session, world, *delegations, **text)
    return records.draft_record(session, world.actors[ORGANISER], dialogue.ref, NOW)


def points(session: Session, record: Record) -> list[Point]:
    """The points of a record in their order, as the database has them."""
    rows = select(Point).where(Point.record_id == record.id).order_by(Point.number)
    return list(session.scalars(rows.execution_options(populate_existing=True)))


def written(session: Session, world: World, record: Record, number: int, **said: Any) -> Point:
    """Write a point as an organiser; what is not said stays as it is."""
    point = points(session, record)[number - 1]
    text = PointText(**({"title": point.title, "notes": point.notes} | said))
    by, key = world.actors[ORGANISER], point.id
    return records.write(session, by, record.ref, key, text=text, version=point.version, now=NOW)


def side(session: Session, world: World, record: Record, home: str) -> int:
    """The key of an organisation's delegation."""
    dialogue = session.get_one(Dialogue, record.dialogue_id)
    return side_of(session, world, dialogue, home).id


def adopted(session: Session, record: Record) -> None:
    """Lay the record into the tables as adopted; how it comes there is tested elsewhere."""
    text = records.record_text(session, record)
    record.state, record.adopted_at, record.published_at = RecordState.ADOPTED, NOW, NOW
    record.edition, record.sha256 = 1, records.sha256_of(text)
    edition = {"record_id": record.id, "number": 1, "by_id": record.author_id, "at": NOW}
    session.add(RecordEdition(**edition, text=text, sha256=record.sha256))
    session.flush()


def everybody_stayed_away(session: Session, record: Record) -> None:
    """Nobody came after all."""
    for row in session.scalars(select(Attendee).where(Attendee.dialogue_id == record.dialogue_id)):
        row.came = False
    session.flush()
