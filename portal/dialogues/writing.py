"""A dialogue is drafted, said anew, or called off."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Dialogue, DialogueState, TableRole
from models.processes import Process
from portal.access import Actor, visible
from portal.dialogues.inviting import cancel_own, renew_entries
from portal.dialogues.readiness import unit_problems
from portal.dialogues.text import DialogueText
from portal.email_contexts import in_calendars
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import create, draft_of, transition
from portal.rules import EDIT, ORGANISATIONS, PROCESSES
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import CANCEL, DRAFT_DIALOGUE
from portal.words import N_


def draft_dialogue(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: DialogueText,
    process_ref: str = "",
    now: datetime,
) -> Dialogue:
    """Prepare a dialogue for a mediation body; whoever does is its first organiser and its chair.

    Raises Invalid with a message for each bad field. Nobody else knows of a draft.
    """
    with transition(session, actor, DRAFT_DIALOGUE, ORGANISATIONS, organisation_ref, now) as body:
        refuse(text.problems() | unit_problems(session, actor, text.asks_unit, "", now))
        process_id = process_key(session, actor, process_ref, now)
        dialogue = draft_of(DIALOGUES, actor, body.id, now, process_id=process_id)
        text.write_into(dialogue)
        create(session, actor, DRAFT_DIALOGUE, DIALOGUES, dialogue, now)
        session.add(
            Attendee(
                dialogue_id=dialogue.id,
                person_id=actor.person_id,
                role=TableRole.CHAIR,
                organises=True,
            )
        )
        session.flush()
    return dialogue


def process_key(session: Session, actor: Actor, ref: str, now: datetime) -> int | None:
    """The key of a process that the person has a seat in; None where none is meant."""
    if not ref:
        return None
    known = visible(PROCESSES, actor, now, Process.id).where(Process.ref == ref)
    key: int | None = session.scalar(known)
    if key is None:
        raise Invalid({"part_of": N_("This process is not in the portal, or not shared with you.")})
    return key


def process_refs(session: Session, keys: Iterable[int | None]) -> dict[int | None, str]:
    """References of processes by their keys, for lists of those that somebody knows."""
    wanted = [key for key in keys if key is not None]
    if not wanted:
        return {}
    rows = session.execute(select(Process.id, Process.ref).where(Process.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: DialogueText,
    process_ref: str = "",
    version: int,
    now: datetime,
) -> Dialogue:
    """Say anew what a dialogue is; the rule and the marking stay once others know of it.

    Where it is another title or purpose than their calendars hold, everybody invited is notified.
    Raises TooLate when `version` is no longer the present one, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, DIALOGUES, ref, now) as dialogue:
        if dialogue.version != version:
            raise TooLate(EDIT)
        unit = unit_problems(session, actor, text.asks_unit, dialogue.asks_unit, now)
        refuse(text.problems() | _fixed(dialogue, text) | unit)
        process_id = process_key(session, actor, process_ref, now)
        before = in_calendars(dialogue)
        text.write_into(dialogue)
        dialogue.process_id, dialogue.changed_at = process_id, now
        if in_calendars(dialogue) != before:
            renew_entries(session, actor, dialogue, now)
    return dialogue


def _fixed(dialogue: Dialogue, text: DialogueText) -> dict[str, str]:
    found: dict[str, str] = {}
    if dialogue.state == DialogueState.DRAFT:
        return found
    # Whoever was invited was told under which rule: it must not change under their feet.
    for name in ("rule", "tlp"):
        if getattr(dialogue, name) != getattr(text, name):
            found[name] = N_(
                "This cannot be changed for those invited. Cancel the dialogue and create a "
                "new one instead."
            )
    if dialogue.zone != text.zone:
        found["zone"] = N_("Times were proposed or confirmed in this zone; it cannot be changed.")
    if dialogue.starts_at is not None and dialogue.minutes != text.minutes:
        found["minutes"] = N_(
            "The date is confirmed: reschedule the dialogue to change its length."
        )
    for name in ("place", "link"):
        if (
            dialogue.starts_at is not None
            and getattr(dialogue, name) != getattr(text, name).strip()
        ):
            found[name] = N_(
                "The date is confirmed: reschedule the dialogue, so that calendars are updated."
            )
    if dialogue.by_person != text.by_person:
        found["by_person"] = N_("The poll has started; this cannot be changed any more.")
    if dialogue.hidden_answers != text.hidden_answers:
        found["hidden_answers"] = N_(
            "The poll has started; who sees the responses cannot be changed any more."
        )
    return found


def cancel(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Call a dialogue off, with a reason; everybody at the table is told."""
    with transition(session, actor, CANCEL, DIALOGUES, ref, now) as dialogue:
        if not why.strip() or len(why) > 500:
            raise Invalid({"why": N_("Give a reason in one sentence.")})
        dialogue.ended_at = dialogue.changed_at = now
        dialogue.ended_reason = why.strip()
        if dialogue.convened_at is not None:
            dialogue.sequence += 1
            cancel_own(session, actor, dialogue, now)
