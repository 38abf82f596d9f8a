"""A dialogue is followed by another: the same table, and what was left open."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem, AgendaLink, ItemState
from models.dialogues import Attendee, Delegation, Dialogue
from models.stakeholders import Person
from portal.access import Actor
from portal.dialogues.seating import able_to_organise
from portal.dialogues.text import text_of
from portal.ledger import create, draft_of, transition
from portal.rules import DIALOGUES
from portal.rules.verbs import DRAFT_DIALOGUE, FOLLOW_UP

LEFT_OVER: Final = (ItemState.PLANNED, ItemState.OPEN)


def follow_up(session: Session, actor: Actor, ref: str, now: datetime) -> Dialogue:
    """A new draft that follows this dialogue: its text, its table, and the items not done.

    Delegations name anew who comes; whoever cannot organise any more is left out.
    """
    with transition(session, actor, FOLLOW_UP, DIALOGUES, ref, now) as before:
        after = draft_of(
            DIALOGUES,
            actor,
            before.organisation_id,
            now,
            process_id=before.process_id,
            follows_id=before.id,
        )
        text_of(before).write_into(after)
        create(session, actor, DRAFT_DIALOGUE, DIALOGUES, after, now, follows=before.id)
        sides = _sides(session, before, after)
        people = _people(session, before, after, now)
        _items(session, before, after, sides, people, now)
    return after


def _sides(session: Session, before: Dialogue, after: Dialogue) -> dict[int, int]:
    rows = session.scalars(
        select(Delegation).where(Delegation.dialogue_id == before.id).order_by(Delegation.id)
    )
    pairs = [
        (
            row,
            Delegation(
                dialogue_id=after.id,
                organisation_id=row.organisation_id,
                contact_id=row.contact_id,
                required=row.required,
                seats=row.seats,
            ),
        )
        for row in rows
    ]
    session.add_all([new for _old, new in pairs])
    session.flush()
    return {old.id: new.id for old, new in pairs}


def _people(session: Session, before: Dialogue, after: Dialogue, now: datetime) -> dict[int, int]:
    able = frozenset(session.scalars(able_to_organise(before, now, Person.id)))
    rows = session.scalars(
        select(Attendee)
        .where(Attendee.dialogue_id == before.id, Attendee.delegation_id.is_(None))
        .order_by(Attendee.id)
    )
    pairs = [
        (
            row,
            Attendee(
                dialogue_id=after.id,
                person_id=row.person_id,
                role=row.role,
                organises=row.organises,
            ),
        )
        for row in rows
        if not row.organises or row.person_id in able
    ]
    session.add_all([new for _old, new in pairs])
    session.flush()
    return {old.id: new.id for old, new in pairs}


def _items(
    session: Session,
    before: Dialogue,
    after: Dialogue,
    sides: dict[int, int],
    people: dict[int, int],
    now: datetime,
) -> None:
    rows = session.scalars(
        select(AgendaItem)
        .where(AgendaItem.dialogue_id == before.id, AgendaItem.state.in_(LEFT_OVER))
        .order_by(AgendaItem.number, AgendaItem.id)
    ).all()
    links = _links(session, [row.id for row in rows])
    for number, row in enumerate(rows, 1):
        item = AgendaItem(
            dialogue_id=after.id,
            number=number,
            state=ItemState.PLANNED,
            title=row.title,
            body=row.body,
            minutes=row.minutes,
            lead_id=people.get(row.lead_id or 0),
            sight=row.sight,
            side_id=sides.get(row.side_id or 0),
            from_id=row.id,
            by_id=row.by_id,
            created_at=now,
        )
        session.add(item)
        session.flush()
        session.add_all(AgendaLink(item_id=item.id, **to) for to in links.get(row.id, ()))
    session.flush()


def _links(session: Session, keys: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for link in session.scalars(select(AgendaLink).where(AgendaLink.item_id.in_(keys))):
        to = {"notice_id": link.notice_id, "commitment_id": link.commitment_id}
        found.setdefault(link.item_id, []).append(to)
    return found
