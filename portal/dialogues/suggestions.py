"""Suggestions for the agenda: made by anybody at the table, planned or laid aside by organisers."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem, ItemState, Sight
from portal.access import Actor
from portal.dialogues.planning import new_item, next_number, take_off, words_problems
from portal.dialogues.shared_items import Shared, check_shared, seen_sub_resource
from portal.errors import Refused, TooLate, refuse
from portal.ledger import transition
from portal.rules import DIALOGUES
from portal.rules.verbs import PLAN, SUGGEST_ITEM
from portal.words import N_

WISH_AMONG: Final = (Sight.ALL, Sight.CAUCUS, Sight.SIDE)
MOST_WISHES: Final = 30


def suggest_item(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    title: str,
    why: str,
    shared: Shared,
    now: datetime,
) -> AgendaItem:
    """Suggest an item; the organisers plan it or lay it aside, where they see it."""
    with transition(session, actor, SUGGEST_ITEM, DIALOGUES, ref, now) as dialogue:
        refuse(words_problems(title, why))
        own = select(func.count()).where(
            AgendaItem.dialogue_id == dialogue.id,
            AgendaItem.by_id == actor.person_id,
            AgendaItem.state == ItemState.SUGGESTED,
        )
        if (session.scalar(own) or 0) >= MOST_WISHES:
            refuse({"title": N_("Thirty of your suggestions are already waiting.")})
        check_shared(session, actor, dialogue, shared, WISH_AMONG, now)
        item = new_item(session, actor, dialogue, ItemState.SUGGESTED, now)
        item.title, item.body = title.strip(), why.strip()
        item.sight, item.side_id = shared.sight, shared.side_id
        session.add(item)
        session.flush()
    return item


def withdraw_suggestion(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> None:
    """Take back an own suggestion that is neither planned nor laid aside yet."""
    with transition(session, actor, SUGGEST_ITEM, DIALOGUES, ref, now, removed=number) as dialogue:
        item = seen_sub_resource(session, actor, AgendaItem, dialogue, number, now)
        if item.by_id != actor.person_id:
            raise Refused(SUGGEST_ITEM)
        if item.state != ItemState.SUGGESTED:
            raise TooLate(SUGGEST_ITEM)
        take_off(session, item)


def take_suggestion(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> None:
    """Put a suggestion at the end of the agenda; it stays shared as its writer chose."""
    _answer_suggestion(session, actor, ref, number, ItemState.PLANNED, now)


def lay_suggestion_aside(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> None:
    """Lay a suggestion aside; whoever made it sees that."""
    _answer_suggestion(session, actor, ref, number, ItemState.DROPPED, now)


def _answer_suggestion(
    session: Session, actor: Actor, ref: str, number: int, state: ItemState, now: datetime
) -> None:
    stands = str(state)
    with transition(
        session, actor, PLAN, DIALOGUES, ref, now, item=number, stands=stands
    ) as dialogue:
        item = seen_sub_resource(session, actor, AgendaItem, dialogue, number, now)
        if item.state != ItemState.SUGGESTED:
            raise TooLate(PLAN)
        item.state, item.number = state, next_number(session, dialogue)
