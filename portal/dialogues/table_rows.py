"""Rows of the table: delegations and attendees, times and answers of the poll, e-mail replies."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from models.dialogues import Attendee, Delegation, Dialogue, Slot
from models.replies import CalendarReply, Outcome
from models.stakeholders import Organisation, Person
from portal.access import as_column, predicate, sub_resource
from portal.db import alias
from portal.dialogues.agenda_rows import OF_SIDE, SIDE
from portal.parameters import KEY, ME, NOTHING, NOW
from portal.recipients import nobody
from portal.related import Related, related
from portal.relations import (
    asked_by_poll,
    awaited_by_poll,
    keeps_the_seat,
    nobody_can_respond,
    own_delegation,
    silent_in_poll,
)
from portal.rules import DIALOGUES, READ_LEDGER
from portal.rules.verbs import READ_ANSWERS

CONTACT = alias(Person, "contact")
STOOD_IN = alias(Person, "stood_in")


@dataclass(frozen=True)
class DelegationRow:
    """A delegation; `mine`: the reader comes for it or answers for it.

    `not_asked` where nobody can answer for it; `not_asked_to_decide` where nobody comes for it.
    """

    id: int
    name: str
    zone: str
    required: bool
    seats: int
    contact: str | None
    mine: bool
    not_asked: bool
    not_asked_to_decide: bool


@dataclass(frozen=True)
class AttendeeRow:
    """Somebody at the table, for a delegation or (without one) as organiser or guest.

    `by` is who answered for them; `came` is None until it is noted; `me` where it is the reader;
    `gone` where they may not take the seat any more.
    """

    id: int
    delegation_id: int | None
    person_id: int
    name: str
    organisation: str | None
    role: str
    organises: bool
    invited: bool
    answer: str
    by: str
    came: bool | None
    me: bool
    gone: bool


@dataclass(frozen=True)
class SlotRow:
    """A time that is offered."""

    id: int
    starts_at: datetime


@dataclass(frozen=True)
class PolledRow:
    """A delegation in a poll that runs, for whoever may know of its answers.

    `silent`: a time ahead has no answer; `awaited`: and the reader (`mine`) is to give it;
    `not_asked`: nobody can.
    """

    id: int
    name: str
    silent: bool
    mine: bool
    awaited: bool
    not_asked: bool


@dataclass(frozen=True)
class ReplyRow:
    """What a person sent by e-mail that waits or could not be taken: how often, the last time."""

    id: int
    person: str
    outcome: str
    reason: str
    count: int
    at: datetime
    starts_at: datetime | None


def delegations() -> Related[DelegationRow]:
    """The delegations at the table."""
    question = (
        select(
            Delegation.id,
            Organisation.name,
            Organisation.zone,
            Delegation.required,
            Delegation.seats,
            CONTACT.name.label("contact"),
            as_column(sub_resource(Delegation, ME, NOW)).label("mine"),
            as_column(nobody_can_respond.at(Delegation, ME, NOW)).label("not_asked"),
            nobody(own_delegation, NOW, Delegation).label("not_asked_to_decide"),
        )
        .select_from(Delegation)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .outerjoin(CONTACT, CONTACT.id == Delegation.contact_id)
        .where(Delegation.dialogue_id == KEY)
    )
    return related(DelegationRow, question)


def attendees() -> Related[AttendeeRow]:
    """Who is at the table, organisers first."""
    question = (
        select(
            Attendee.id,
            Attendee.delegation_id,
            Attendee.person_id,
            Person.name,
            OF_SIDE.name.label("organisation"),
            Attendee.role,
            Attendee.organises,
            Attendee.invited_at.is_not(None).label("invited"),
            Attendee.answer,
            func.coalesce(STOOD_IN.name, NOTHING).label("by"),
            Attendee.came,
            (Attendee.person_id == ME).label("me"),
            as_column(~keeps_the_seat.at(Attendee, ME, NOW)).label("gone"),
        )
        .select_from(Attendee)
        .join(Person, Person.id == Attendee.person_id)
        .outerjoin(STOOD_IN, STOOD_IN.id == Attendee.by_id)
        .outerjoin(SIDE, SIDE.id == Attendee.delegation_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .where(Attendee.dialogue_id == KEY)
    )
    return related(AttendeeRow, question, order=lambda row: (not row.organises, row.id))


def slots() -> Related[SlotRow]:
    """The times that are offered."""
    return related(SlotRow, select(Slot.id, Slot.starts_at).where(Slot.dialogue_id == KEY))


def polled() -> Related[PolledRow]:
    """How far the delegations are with the poll, for whoever may know it."""
    mine = asked_by_poll.at(Delegation, ME, NOW)
    silent = silent_in_poll.at(Delegation, ME, NOW)
    not_asked = and_(silent, nobody_can_respond.at(Delegation, ME, NOW))
    question = (
        select(
            Delegation.id,
            Organisation.name,
            as_column(and_(silent, ~not_asked)).label("silent"),
            as_column(mine).label("mine"),
            as_column(and_(mine, awaited_by_poll.at(Delegation, ME, NOW))).label("awaited"),
            as_column(not_asked).label("not_asked"),
        )
        .select_from(Delegation)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .join(Dialogue, Dialogue.id == Delegation.dialogue_id)
        .where(
            Delegation.dialogue_id == KEY,
            or_(mine, predicate(DIALOGUES, READ_ANSWERS, ME, NOW)),
        )
    )
    return related(PolledRow, question)


def replies() -> Related[ReplyRow]:
    """For organisers: by person, what came by e-mail and waits, or could not be taken."""
    open_proposal = and_(
        CalendarReply.outcome == Outcome.PROPOSAL, CalendarReply.closed_at.is_(None)
    )
    lost = and_(
        CalendarReply.outcome.not_in((Outcome.PROPOSAL, Outcome.ANSWER)),
        or_(Attendee.answered_at.is_(None), CalendarReply.at >= Attendee.answered_at),
    )
    same = (CalendarReply.person_id, Person.name, CalendarReply.outcome, CalendarReply.reason)
    question = (
        select(
            func.max(CalendarReply.id).label("id"),
            Person.name.label("person"),
            CalendarReply.outcome,
            CalendarReply.reason,
            func.count(CalendarReply.id).label("count"),
            func.max(CalendarReply.at).label("at"),
            func.max(CalendarReply.starts_at).label("starts_at"),
        )
        .select_from(CalendarReply)
        .join(Dialogue, Dialogue.id == CalendarReply.dialogue_id)
        .join(Person, Person.id == CalendarReply.person_id)
        .outerjoin(
            Attendee,
            and_(
                Attendee.dialogue_id == CalendarReply.dialogue_id,
                Attendee.person_id == CalendarReply.person_id,
            ),
        )
        .where(
            CalendarReply.dialogue_id == KEY,
            or_(open_proposal, lost),
            predicate(DIALOGUES, READ_LEDGER, ME, NOW),
        )
        .group_by(*same)
    )
    return related(ReplyRow, question)
