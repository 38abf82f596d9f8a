"""How a person can stand to the poll of a dialogue: for whom it asks them, and what it awaits.

Only times that lie ahead are awaited. An answer without a person speaks for the whole side. Where
the poll asks people, each that is named answers alone; what a hand says for the side stands for
those who do not. Whoever has left the side, or is suspended, answers nothing and is not awaited.
"""

from typing import Any

from sqlalchemy import and_, or_

from models.dialogues import Attendee, Delegation, Dialogue, DialogueState, Slot, SlotAnswer
from portal.db import alias
from portal.relations.belonging import belongs, standing
from portal.relations.dialogues import answers_for, sits_for
from portal.relations.sentence import Now, Predicate, Who, relation, some

POLLED = alias(Delegation, "policy_polled")
POLL = alias(Dialogue, "policy_poll")
OFFERED, OPEN = alias(Slot, "policy_offered"), alias(Slot, "policy_open")
SAID, ONE = alias(SlotAnswer, "policy_said"), alias(SlotAnswer, "policy_one")
THEIRS = alias(SlotAnswer, "policy_theirs")
NAMED, STILL = alias(Attendee, "policy_named_for"), alias(Attendee, "policy_still")
EACH, ANYBODY = alias(Attendee, "policy_each"), alias(Attendee, "policy_anybody")


def _comes_for(delegation: Any, named: Any, now: Now, *more: Predicate) -> Predicate:
    theirs = (named.delegation_id == delegation.id, *more)
    still = belongs(delegation.organisation_id, named.person_id, now)
    return some(named, where=(*theirs, standing(named.person_id), still))


@relation
def asked_by_poll(delegation: Any, who: Who, now: Now) -> Predicate:
    """The person answers the poll for the delegation, or for themselves as one of its people."""
    asks_people = some(POLL, where=(POLL.id == delegation.dialogue_id, POLL.by_person))
    return or_(
        answers_for(delegation.id, who, now),
        and_(asks_people, sits_for(delegation.id, who, now)),
    )


@relation
def awaited_by_poll(delegation: Any, who: Who, now: Now) -> Predicate:
    """A time ahead has no answer of the delegation that would spare the person theirs."""
    is_named = some(NAMED, where=(NAMED.delegation_id == delegation.id, NAMED.person_id == who))
    is_theirs = _comes_for(delegation, STILL, now, STILL.person_id == SAID.person_id)
    spares = or_(SAID.person_id.is_(None), SAID.person_id == who, and_(~is_named, is_theirs))
    said = some(
        SAID, where=(SAID.slot_id == OFFERED.id, SAID.delegation_id == delegation.id, spares)
    )
    ahead = (OFFERED.dialogue_id == delegation.dialogue_id, OFFERED.starts_at > now)
    return some(OFFERED, where=(*ahead, ~said))


@relation
def silent_in_poll(delegation: Any, _who: Who, now: Now) -> Predicate:
    """A time ahead has no answer of the delegation, nor one of each of its people."""
    as_one = some(
        ONE,
        where=(ONE.slot_id == OPEN.id, ONE.delegation_id == delegation.id, ONE.person_id.is_(None)),
    )
    theirs = some(
        THEIRS,
        where=(
            THEIRS.slot_id == OPEN.id,
            THEIRS.delegation_id == delegation.id,
            THEIRS.person_id == EACH.person_id,
        ),
    )
    someone_is_silent = _comes_for(delegation, EACH, now, ~theirs)
    nobody_is_named = ~_comes_for(delegation, ANYBODY, now)
    ahead = (OPEN.dialogue_id == delegation.dialogue_id, OPEN.starts_at > now)
    return some(OPEN, where=(*ahead, ~as_one, or_(someone_is_silent, nobody_is_named)))


def _awaits(dialogue: type[Dialogue], who: Who, now: Now, *more: Predicate) -> Predicate:
    return some(
        POLLED,
        where=(
            POLLED.dialogue_id == dialogue.id,
            asked_by_poll.predicate(POLLED, who, now),
            awaited_by_poll.predicate(POLLED, who, now),
            *more,
        ),
    )


@relation
def seeks_a_date(dialogue: type[Dialogue], _who: Who, _now: Now) -> Predicate:
    """A date is sought for the dialogue: its poll is open."""
    return dialogue.state == DialogueState.POLLING


@relation
def poll_awaited(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The person could answer for a delegation that has not answered every time ahead."""
    return _awaits(dialogue, who, now)


@relation
def poll_reminded(dialogue: type[Dialogue], who: Who, now: Now) -> Predicate:
    """The same, of a delegation that is asked once more at this very moment."""
    return _awaits(dialogue, who, now, POLLED.reminded_at == now)
