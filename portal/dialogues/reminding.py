"""Organisers remind the delegations for which they wait: of times to answer, of people to name.

Each delegation is reminded at most once in 20 hours, of whatever it is.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from models.dialogues import Delegation, Dialogue, DialogueState
from portal.access import Actor
from portal.db import in_state
from portal.dialogues.polling import held
from portal.errors import Invalid
from portal.ladders import reminded_lately
from portal.ledger import transition
from portal.parameters import NOW
from portal.relations import nobody_can_respond, nobody_comes, silent_in_poll
from portal.rules import DIALOGUES
from portal.rules.verbs import REMIND, REMIND_TO_NAME
from portal.words import N_

NEVER: Final = datetime(1, 1, 2, tzinfo=UTC)


def remind(session: Session, actor: Actor, ref: str, now: datetime) -> int:
    """Ask those once more who have not answered every time; gives back how many delegations.

    Raises Invalid (`remind`) where nobody is left to ask.
    """
    with transition(session, actor, REMIND, DIALOGUES, ref, now) as dialogue:
        held(session, dialogue, REMIND)
        silent = _those(session, dialogue, silent_sides(now))
        if not silent:
            raise Invalid({"remind": N_("Everyone has responded.")})
        lately = N_("Everyone who has not responded was reminded within the last 20 hours.")
        due = _remind(silent, lately, now)
    return len(due)


def remind_to_name(session: Session, actor: Actor, ref: str, now: datetime) -> int:
    """Ask those once more who have named nobody; gives back how many delegations.

    Raises Invalid (`remind`) where each of them was reminded in the last 20 hours.
    """
    with transition(session, actor, REMIND_TO_NAME, DIALOGUES, ref, now) as dialogue:
        held(session, dialogue, REMIND_TO_NAME)
        unnamed = _those(session, dialogue, unnamed_sides(now))
        lately = N_("Every delegation without participants was reminded within the last 20 hours.")
        due = _remind(unnamed, lately, now)
    return len(due)


def _those(
    session: Session, dialogue: Dialogue, awaited: tuple[ColumnElement[bool], ...]
) -> list[Delegation]:
    theirs = select(Delegation).where(Delegation.dialogue_id == dialogue.id, *awaited)
    return list(session.scalars(theirs))


def _remind(sides: Iterable[Delegation], lately: str, now: datetime) -> list[Delegation]:
    due = [side for side in sides if not reminded_lately(side.reminded_at, now)]
    if not due:
        raise Invalid({"remind": lately})
    for side in due:
        side.reminded_at = now  # by this the policy finds whom to tell
    return due


def silent_sides(now: Any) -> tuple[ColumnElement[bool], ...]:
    """Of delegations in a poll: they were asked and have not answered every time ahead."""
    return silent_in_poll.at(Delegation, None, now), ~nobody_can_respond.at(Delegation, None, now)


def unnamed_sides(now: Any) -> tuple[ColumnElement[bool], ...]:
    """Of delegations of what is convened: somebody could name people, and nobody has."""
    return nobody_comes.at(Delegation, None, now), ~nobody_can_respond.at(Delegation, None, now)


def reminded_first() -> Any:
    """Of a dialogue: when that delegation was reminded, of those waited for, that was first.

    That is when the last reminder went that holds up the next one. NEVER where one of them was not
    reminded yet, and nothing where none is waited for.
    """
    awaited = or_(
        and_(in_state(Dialogue, DialogueState.POLLING), *silent_sides(NOW)),
        and_(in_state(Dialogue, DialogueState.CONVENED), *unnamed_sides(NOW)),
    )
    return (
        select(func.min(func.coalesce(Delegation.reminded_at, NEVER)))
        .where(Delegation.dialogue_id == Dialogue.id, awaited)
        .correlate(Dialogue)
        .scalar_subquery()
    )
