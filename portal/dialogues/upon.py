"""What the agenda is made of: items, what they are about, papers, notes, and tasks left over."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, func, literal, or_, select

from models.agenda import AgendaItem, AgendaLink, Paper, SideNote
from models.dialogues import Attendee, Delegation
from models.ledger import AuditEvent
from models.records import Action, Record, RecordState
from models.stakeholders import Organisation, Person
from portal.access import clause, part
from portal.db import alias, in_state
from portal.dialogues.linking import LINKED
from portal.relations import belongs, moment
from portal.rules import DIALOGUES, READ, READ_TEXT, RECORDS, Kind
from portal.things import NOTHING, thing

SIDE, OF_SIDE = alias(Delegation, "side"), alias(Organisation, "of_side")
LEAD, LEADER = alias(Attendee, "lead"), alias(Person, "leader")


def items(key: int, who: int, now: datetime, at_table: bool) -> Any:
    """Items of the agenda and wishes."""
    # kind: state; ref: sight; who: whose side; person: who leads; size: minutes; mine: added by me;
    # flag: taken over from the dialogue before. Who leads is for the table, as is all who come.
    return (
        thing(
            "item",
            AgendaItem.from_id.is_not(None),
            mine=AgendaItem.by_id == who,
            key=AgendaItem.id,
            place=AgendaItem.number,
            text=AgendaItem.title,
            more=AgendaItem.body,
            kind=AgendaItem.state,
            ref=AgendaItem.sight,
            size=AgendaItem.minutes,
            who=func.coalesce(OF_SIDE.name, ""),
            person=func.coalesce(LEADER.name, "") if at_table else NOTHING,
            of=func.coalesce(AgendaItem.lead_id, 0),
        )
        .select_from(AgendaItem)
        .outerjoin(SIDE, SIDE.id == AgendaItem.side_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .outerjoin(LEAD, LEAD.id == AgendaItem.lead_id)
        .outerjoin(LEADER, LEADER.id == LEAD.person_id)
        .where(AgendaItem.dialogue_id == key, part(AgendaItem, who, now))
    )


def _seen_of_side(
    what: str,
    model: Any,
    words: Any,
    at: Any,
    key: int,
    who: int,
    now: datetime,
    flag: Any = None,
    author: Any = Person.name,
) -> Any:
    return (
        thing(
            what,
            flag,
            mine=model.by_id == who,
            key=model.id,
            of=func.coalesce(model.item_id, 0),
            at=at,
            text=words,
            ref=model.sight,
            who=func.coalesce(OF_SIDE.name, ""),
            person=author,
            link=getattr(model, "link", NOTHING),
        )
        .select_from(model)
        .join(Person, Person.id == model.by_id)
        .outerjoin(SIDE, SIDE.id == model.side_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .where(model.dialogue_id == key, part(model, who, now))
    )


def papers(key: int, who: int, now: datetime, at_table: bool) -> Any:
    """Papers to read; who added one is for the table, as is all who come."""
    # flag: added by another since this reader last read the dialogue.
    last = (
        select(func.max(AuditEvent.at))
        .where(
            AuditEvent.kind == DIALOGUES.name,
            AuditEvent.matter_id == key,
            AuditEvent.verb == READ,
            AuditEvent.person_id == who,
            AuditEvent.at < now,
        )
        .scalar_subquery()
    )
    new = and_(Paper.by_id != who, or_(last.is_(None), Paper.added_at > last))
    author = Person.name if at_table else NOTHING
    return _seen_of_side("paper", Paper, Paper.title, Paper.added_at, key, who, now, new, author)


def notes(key: int, who: int, now: datetime) -> Any:
    """Notes of a side, a caucus or the organisers."""
    return _seen_of_side("note", SideNote, SideNote.text, SideNote.at, key, who, now)


def links(key: int, who: int, now: datetime, kind: Kind[Any]) -> Any:
    """What items are about: a link to what this reader may not see is not there for her."""
    # Nor is one of an item that is hidden from her.
    model, column = kind.model, getattr(AgendaLink, LINKED[kind.name])
    title = case((clause(kind, READ_TEXT, who, now), model.title), else_="")
    return (
        thing(
            "link",
            key=AgendaLink.id,
            of=AgendaLink.item_id,
            ref=model.ref,
            text=title,
            tlp=model.tlp,
            kind=literal(kind.name),
            more=model.state,
        )
        .select_from(AgendaLink)
        .join(AgendaItem, AgendaItem.id == AgendaLink.item_id)
        .join(model, model.id == column)
        .where(
            AgendaItem.dialogue_id == key,
            part(AgendaItem, who, now),
            clause(kind, READ, who, now),
        )
    )


def tasks(follows_id: int | None, who: int, now: datetime) -> Any:
    """What the adopted record of the dialogue before leaves to the reader's organisations."""
    # ref: the record; more: the day it is due.
    return (
        thing(
            "task",
            key=Action.id,
            ref=Record.ref,
            text=Action.text,
            who=Organisation.name,
            more=func.coalesce(cast(Action.due_on, String), ""),
        )
        .select_from(Action)
        .join(Record, Record.id == Action.record_id)
        .join(Organisation, Organisation.id == Action.organisation_id)
        .where(
            Record.dialogue_id == (follows_id or 0),
            Record.source_id.is_(None),
            in_state(Record, RecordState.ADOPTED),
            Action.commitment_id.is_(None),
            belongs(Action.organisation_id, who, moment(now)),
            clause(RECORDS, READ, who, now),
        )
    )
