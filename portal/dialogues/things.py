"""What hangs on a dialogue, by word, brought by one query that has the same columns for all.

item, link, paper, note, record, decision: each as far as the reader sees it. delegation, attendee,
task (what the dialogue before left to the reader's organisations): for those at the table. slot: a
time offered while the poll runs. polled: a delegation in a poll that runs, for whom its answers are
no secret. reply: what came by e-mail, for organisers. decision, stance, ballot, action: see
`decided`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlalchemy.orm import Session, aliased

from models.dialogues import Attendee, Delegation, Dialogue, DialogueState, Slot
from models.records import Record
from models.replies import CalendarReply, Outcome
from models.stakeholders import Organisation, Person
from portal.access import Actor, clause, part
from portal.addressing import nobody
from portal.dialogues.decided import decided_parts
from portal.dialogues.linking import LINKED
from portal.dialogues.upon import OF_SIDE, SIDE, items, links, notes, papers, tasks
from portal.relations import (
    asked_by_poll,
    awaited_by_poll,
    own_delegation,
    silent_in_poll,
    without_voice,
)
from portal.rules import DIALOGUES, KINDS, READ, READ_LEDGER, RECORDS
from portal.rules.verbs import READ_ANSWERS
from portal.things import brought, thing

MOST = 1000


def things_of(
    session: Session, actor: Actor, dialogue: Dialogue, at_table: bool, now: datetime
) -> dict[str, list[Any]]:
    """All that hangs on the dialogue, by word; `at_table` adds who sits there.

    Of rows: `key`; `place` in their order; `of` the item (of links, papers, notes, decisions) or
    the delegation (of attendees) they belong to; `flag` and `mine` as each part says.
    """
    key, who = dialogue.id, actor.person_id
    parts = [items(key, who, now, at_table)]
    parts += [papers(key, who, now, at_table), notes(key, who, now)]
    parts += [links(key, who, now, KINDS[name]) for name in LINKED]
    parts += [_records(key, who, now), _slots(key)]
    if at_table:
        parts += [_delegations(key, who, now), _attendees(key, who)]
        if dialogue.state == DialogueState.POLLING:
            parts += [_polled(key, who, now)]
        parts += [*decided_parts(dialogue, who, now), _replies(key, who, now)]
        parts += [tasks(dialogue.follows_id, who, now)]
    return brought(session, parts, MOST)


def _records(key: int, who: int, now: datetime) -> Any:
    # more: "redacted" where it is a version for others.
    return thing(
        "record",
        Record.source_id.is_not(None),
        key=Record.id,
        ref=Record.ref,
        text=Record.title,
        kind=Record.state,
        until=Record.silence_until_at,
        tlp=Record.tlp,
    ).where(Record.dialogue_id == key, clause(RECORDS, READ, who, now))


def _slots(key: int) -> Any:
    return thing("slot", Slot.wall.is_not(None), key=Slot.id, at=Slot.starts_at).where(
        Slot.dialogue_id == key
    )


def _polled(key: int, who: int, now: datetime) -> Any:
    # flag: silent on a time ahead; mine: the reader may answer for it; size: her answer is awaited.
    hers = asked_by_poll.at(Delegation, who, now)
    awaited = and_(hers, awaited_by_poll.at(Delegation, who, now))
    # kind: not asked, where nobody can answer for it and a time ahead has no answer.
    voiceless = without_voice.at(Delegation, who, now)
    not_asked = and_(silent_in_poll.at(Delegation, who, now), voiceless)
    return (
        thing(
            "polled",
            and_(silent_in_poll.at(Delegation, who, now), ~not_asked),
            hers,
            key=Delegation.id,
            text=Organisation.name,
            kind=case((not_asked, "not-asked"), else_=""),
            size=case((awaited, 1), else_=0),
        )
        .select_from(Delegation)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .join(Dialogue, Dialogue.id == Delegation.dialogue_id)
        .where(
            Delegation.dialogue_id == key,
            or_(hers, clause(DIALOGUES, READ_ANSWERS, who, now)),
        )
    )


def _delegations(key: int, who: int, now: datetime) -> Any:
    # flag: required; mine: the reader comes for it or answers for it; size: its seats; kind: not
    # asked, where nobody can answer for it; link: not asked a question either, where nobody comes.
    contact = aliased(Person, name="contact")
    return (
        thing(
            "delegation",
            Delegation.required,
            part(Delegation, who, now),
            key=Delegation.id,
            text=Organisation.name,
            ref=Organisation.ref,
            more=Organisation.zone,
            size=Delegation.seats,
            person=func.coalesce(contact.name, ""),
            at=Delegation.nudged_at,
            kind=case((without_voice.at(Delegation, who, now), "not-asked"), else_=""),
            link=case((nobody(own_delegation, now, Delegation), "not-asked"), else_=""),
        )
        .select_from(Delegation)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .outerjoin(contact, contact.id == Delegation.contact_id)
        .where(Delegation.dialogue_id == key)
    )


def _replies(key: int, who: int, now: datetime) -> Any:
    # For organisers: by person, what came by e-mail and waits, or could not be taken. kind: what
    # became of it; more: why; size: how many; at: the last; until: the time that is proposed.
    open_proposal = and_(
        CalendarReply.outcome == Outcome.PROPOSAL, CalendarReply.closed_at.is_(None)
    )
    lost = and_(
        CalendarReply.outcome.not_in((Outcome.PROPOSAL, Outcome.ANSWER)),
        or_(Attendee.answered_at.is_(None), CalendarReply.at >= Attendee.answered_at),
    )
    same = (CalendarReply.person_id, Person.name, CalendarReply.outcome, CalendarReply.reason)
    return (
        thing(
            "reply",
            key=func.max(CalendarReply.id),
            size=func.count(CalendarReply.id),
            at=func.max(CalendarReply.at),
            until=func.max(CalendarReply.starts_at),
            text=Person.name,
            kind=CalendarReply.outcome,
            more=CalendarReply.reason,
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
            CalendarReply.dialogue_id == key,
            or_(open_proposal, lost),
            clause(DIALOGUES, READ_LEDGER, who, now),
        )
        .group_by(*same)
    )


def _attendees(key: int, who: int) -> Any:
    # flag: came; mine: it is the reader; kind: role; more: answer; link: "organises" or nothing.
    return (
        thing(
            "attendee",
            Attendee.came,
            Attendee.person_id == who,
            key=Attendee.id,
            place=case((Attendee.organises, 0), else_=1),
            of=func.coalesce(Attendee.delegation_id, 0),
            size=Attendee.person_id,
            text=Person.name,
            ref=Person.ref,
            who=func.coalesce(OF_SIDE.name, ""),
            kind=Attendee.role,
            more=Attendee.answer,
            at=Attendee.answered_at,
            until=Attendee.invited_at,
            link=case((Attendee.organises, "organises"), else_=""),
            tlp=case((Attendee.came.is_(False), "stayed-away"), else_=""),
        )
        .select_from(Attendee)
        .join(Person, Person.id == Attendee.person_id)
        .outerjoin(SIDE, SIDE.id == Attendee.delegation_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .where(Attendee.dialogue_id == key)
    )
