"""Rows of the agenda: items, what they are about, documents, notes, and tasks left over."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Integer,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from models.agenda import AgendaItem, AgendaLink, Document, SideNote
from models.dialogues import Attendee, Delegation
from models.ledger import AuditEvent
from models.records import Action, Record, RecordState
from models.stakeholders import Organisation, Person
from portal.access import predicate, readable_title, sub_resource
from portal.db import alias, in_state
from portal.dialogues.linking import LINKED
from portal.parameters import KEY, ME, NOW
from portal.related import Related, related
from portal.relations import belongs, moment
from portal.rules import DIALOGUES, READ, RECORDS, ResourceType

SIDE, OF_SIDE = alias(Delegation, "side"), alias(Organisation, "of_side")
# The key of the dialogue before, 0 where there is none.
FOLLOWS: Final = bindparam("follows", type_=Integer())
LEAD, LEADER = alias(Attendee, "lead"), alias(Person, "leader")


@dataclass(frozen=True)
class ItemRow:
    """An item of the agenda, or one that is suggested; `sight` says who sees it.

    `side` is the organisation whose item it is, `leader` who leads it (for the table alone), `mine`
    whether the reader added it, `carried_over` whether the dialogue before left it open.
    """

    id: int
    number: int
    title: str
    body: str
    state: str
    sight: str
    minutes: int
    side: str | None
    leader: str | None
    mine: bool
    carried_over: bool


@dataclass(frozen=True)
class DocumentRow:
    """A document to read, for an item or for all; `new` since the reader last read the dialogue."""

    id: int
    item_id: int | None
    title: str
    link: str
    sight: str
    side: str | None
    person: str | None
    at: datetime
    mine: bool
    new: bool


@dataclass(frozen=True)
class NoteRow:
    """A note of a side, a caucus or the organisers."""

    id: int
    item_id: int | None
    text: str
    sight: str
    side: str | None
    person: str
    at: datetime
    mine: bool


@dataclass(frozen=True)
class LinkRow:
    """What an item is about: a resource of the noun, its title as far as the reader may read it."""

    id: int
    item_id: int
    noun: str
    ref: str
    title: str
    tlp: str


@dataclass(frozen=True)
class TaskRow:
    """What the dialogue before left to an organisation of the reader."""

    id: int
    record_ref: str
    text: str
    organisation: str
    due_on: date | None


def items(at_table: bool) -> Related[ItemRow]:
    """Items of the agenda and suggested ones; who leads one is for the table, as are all."""
    question = (
        select(
            AgendaItem.id,
            AgendaItem.number,
            AgendaItem.title,
            AgendaItem.body,
            AgendaItem.state,
            AgendaItem.sight,
            AgendaItem.minutes,
            OF_SIDE.name.label("side"),
            (LEADER.name if at_table else cast(null(), String)).label("leader"),
            (AgendaItem.by_id == ME).label("mine"),
            AgendaItem.from_id.is_not(None).label("carried_over"),
        )
        .select_from(AgendaItem)
        .outerjoin(SIDE, SIDE.id == AgendaItem.side_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .outerjoin(LEAD, LEAD.id == AgendaItem.lead_id)
        .outerjoin(LEADER, LEADER.id == LEAD.person_id)
        .where(AgendaItem.dialogue_id == KEY, sub_resource(AgendaItem, ME, NOW))
    )
    return related(ItemRow, question, order=lambda row: (row.number, row.id))


def documents(at_table: bool) -> Related[DocumentRow]:
    """Documents to read; who added one is for the table, as is all who come."""
    last = (
        select(func.max(AuditEvent.at))
        .where(
            AuditEvent.resource_type == DIALOGUES.name,
            AuditEvent.resource_id == KEY,
            AuditEvent.verb == READ,
            AuditEvent.person_id == ME,
            AuditEvent.at < NOW,
        )
        .scalar_subquery()
    )
    new = and_(Document.by_id != ME, or_(last.is_(None), Document.added_at > last))
    question = (
        select(
            Document.id,
            Document.item_id,
            Document.title,
            Document.link,
            Document.sight,
            OF_SIDE.name.label("side"),
            (Person.name if at_table else cast(null(), String)).label("person"),
            Document.added_at.label("at"),
            (Document.by_id == ME).label("mine"),
            new.label("new"),
        )
        .select_from(Document)
        .join(Person, Person.id == Document.by_id)
        .outerjoin(SIDE, SIDE.id == Document.side_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .where(Document.dialogue_id == KEY, sub_resource(Document, ME, NOW))
    )
    return related(DocumentRow, question)


def notes() -> Related[NoteRow]:
    """Notes of a side, a caucus or the organisers."""
    question = (
        select(
            SideNote.id,
            SideNote.item_id,
            SideNote.text,
            SideNote.sight,
            OF_SIDE.name.label("side"),
            Person.name.label("person"),
            SideNote.at,
            (SideNote.by_id == ME).label("mine"),
        )
        .select_from(SideNote)
        .join(Person, Person.id == SideNote.by_id)
        .outerjoin(SIDE, SIDE.id == SideNote.side_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .where(SideNote.dialogue_id == KEY, sub_resource(SideNote, ME, NOW))
    )
    return related(NoteRow, question)


def links(kind: ResourceType[Any]) -> Related[LinkRow]:
    """What items are about: a link to what this reader may not see is not there for them."""
    # Nor is one of an item that is hidden from them.
    model, column = kind.model, getattr(AgendaLink, LINKED[kind.name])
    question = (
        select(
            AgendaLink.id,
            AgendaLink.item_id,
            literal(kind.name).label("noun"),
            model.ref,
            readable_title(kind),
            model.tlp,
        )
        .select_from(AgendaLink)
        .join(AgendaItem, AgendaItem.id == AgendaLink.item_id)
        .join(model, model.id == column)
        .where(
            AgendaItem.dialogue_id == KEY,
            sub_resource(AgendaItem, ME, NOW),
            predicate(kind, READ, ME, NOW),
        )
    )
    return related(LinkRow, question)


def tasks() -> Related[TaskRow]:
    """What the adopted record of the dialogue before leaves to the reader's organisations."""
    question = (
        select(
            Action.id,
            Record.ref.label("record_ref"),
            Action.text,
            Organisation.name.label("organisation"),
            Action.due_on,
        )
        .select_from(Action)
        .join(Record, Record.id == Action.record_id)
        .join(Organisation, Organisation.id == Action.organisation_id)
        .where(
            Record.dialogue_id == FOLLOWS,
            Record.source_id.is_(None),
            in_state(Record, RecordState.ADOPTED),
            Action.commitment_id.is_(None),
            belongs(Action.organisation_id, ME, moment(NOW)),
            predicate(RECORDS, READ, ME, NOW),
        )
    )
    return related(TaskRow, question)
