"""A date is sought: times are offered, more or fewer of them."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.dialogues import Delegation, Dialogue, Slot, SlotAnswer
from portal.access import Actor
from portal.dialogues.times import MOST_SLOTS, Times, slots_of, until_at, until_problem
from portal.errors import TooLate, refuse
from portal.ledger import authorize_red, transition
from portal.rules import DIALOGUES
from portal.rules.verbs import POLL, PROPOSE_TIMES
from portal.words import N_

NOBODY: Final = N_("Add a delegation first: there is nobody to ask.")
FULL: Final = N_("A dialogue has at most 60 proposed times.")


def held(session: Session, dialogue: Dialogue, verb: str) -> None:
    """Keep everybody else from changing the dialogue or its answers until the commit.

    Raises TooLate when its state has changed meanwhile.
    """
    state = dialogue.state
    session.refresh(dialogue, with_for_update={"key_share": True})
    if dialogue.state != state:
        raise TooLate(verb)


def poll(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    times: Times,
    until_on: date | None,
    version: int,
    now: datetime,
) -> None:
    """Offer times to the delegations and ask for answers until a day; they are told of it.

    Raises Invalid with a message for each time (`at_3`, by its line), for `until`, or for a table
    without a delegation; TooLate when `version` is no longer the present one.
    """
    with transition(session, actor, POLL, DIALOGUES, ref, now, slots=len(times.local)) as dialogue:
        _keep_version(session, dialogue, POLL, version)
        authorize_red(session, actor, DIALOGUES, ref, dialogue.tlp, now)
        found = {} if _has_delegation(session, dialogue) else {"table": NOBODY}
        refuse(found | problems_of(dialogue, times, [], until_on, now))
        session.add_all(times.slots(dialogue))
        _ask_until(dialogue, until_on, now)
        dialogue.published_at = dialogue.published_at or now


def propose_times(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    times: Times,
    away: frozenset[int] = frozenset(),
    sure: bool = False,
    until_on: date | None,
    version: int,
    now: datetime,
) -> None:
    """Offer more times and take some away (by key); `sure` takes those that have answers as well.

    Raises what `poll` raises, and Invalid for `sure` where answers would be lost unasked.
    """
    detail = {"slots": len(times.local), "away": len(away)}
    with transition(session, actor, PROPOSE_TIMES, DIALOGUES, ref, now, **detail) as dialogue:
        _keep_version(session, dialogue, PROPOSE_TIMES, version)
        kept = [slot for slot in slots_of(session, dialogue) if slot.id not in away]
        found = problems_of(dialogue, times, [slot.starts_at for slot in kept], until_on, now)
        if not sure and _has_answers(session, dialogue, away):
            found["sure"] = N_(
                "Some of these times have responses. Tick this to lose those responses too."
            )
        refuse(found)
        gone = select(Slot.id).where(Slot.dialogue_id == dialogue.id, Slot.id.in_(away))
        session.execute(delete(SlotAnswer).where(SlotAnswer.slot_id.in_(gone)))
        session.execute(delete(Slot).where(Slot.dialogue_id == dialogue.id, Slot.id.in_(away)))
        known = {slot.starts_at for slot in kept}
        more = [slot for slot in times.slots(dialogue) if slot.starts_at not in known]
        session.add_all(more)
        _ask_until(dialogue, until_on, now)


def _keep_version(session: Session, dialogue: Dialogue, verb: str, version: int) -> None:
    held(session, dialogue, verb)
    if dialogue.version != version:
        raise TooLate(verb)


def problems_of(
    dialogue: Dialogue,
    times: Times,
    kept: list[datetime],
    until_on: date | None,
    now: datetime,
) -> dict[str, str]:
    """A message for each field that cannot be taken, beside times that are offered already."""
    found = times.problems(dialogue.zone, now)
    if found:
        return found
    offered = {*kept, *times.instants(dialogue.zone)}
    if not any(at > now for at in offered):
        found["at_0"] = N_("Propose at least one time in the future.")
    elif len(offered) > MOST_SLOTS:
        found["at_0"] = FULL
    return found | until_problem(until_on, dialogue.zone, list(offered), now)


def _ask_until(dialogue: Dialogue, until_on: date | None, now: datetime) -> None:
    if until_on is not None:
        dialogue.poll_until_at = until_at(until_on, dialogue.zone)
    dialogue.changed_at = now
    # In any case, so that of two who change the times at once one is refused.
    flag_modified(dialogue, "changed_at")


def _has_delegation(session: Session, dialogue: Dialogue) -> bool:
    return bool(session.scalar(select(exists().where(Delegation.dialogue_id == dialogue.id))))


def _has_answers(session: Session, dialogue: Dialogue, away: frozenset[int]) -> bool:
    gone = SlotAnswer.slot_id.in_(away), Slot.id == SlotAnswer.slot_id
    return bool(session.scalar(select(exists().where(*gone, Slot.dialogue_id == dialogue.id))))
