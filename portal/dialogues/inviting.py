"""Whoever sits at the table of a convened dialogue is invited; whoever loses the seat is told so.

E-mails are made when they are delivered, from the dialogue as it then is, and the policy is asked
then whether the person is (or is not any more) expected. Who leaves what they sat there for, or is
suspended, loses the seat by no act on the dialogue: the jobs come by for them.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Dialogue, DialogueState
from models.stakeholders import Person
from portal.access import Actor
from portal.db import in_state
from portal.dialogues.incoming import close_proposals
from portal.email_contexts import INVITATION, role_in_calendars
from portal.ledger import audit, write_to, write_to_stand_ins
from portal.parameters import KEY, NOW, ready
from portal.relations import keeps_the_seat
from portal.rules import DIALOGUES, INVITE
from portal.rules.verbs import CANCEL, EDIT, RESCHEDULE, UNINVITE
from portal.system import the_system

NOT_ANSWERED: Final[dict[str, Any]] = {
    "answer": "",
    "answered_at": None,
    "by_mail": False,
    "by_id": None,
}
MAY_COME: Final = keeps_the_seat.at(Attendee, None, NOW)
# Who came unannounced, and is on the list as such, was never to be invited.
_NEW: Final = (Attendee.invited_at.is_(None), Attendee.came.is_(None), MAY_COME)
_LEFT: Final = (Attendee.invited_at.is_not(None), ~MAY_COME)
UNINVITED: Final = ready(
    select(Attendee)
    .where(Attendee.dialogue_id == KEY, Attendee.invited_at.is_(None), MAY_COME)
    .order_by(Attendee.id)
)
GONE: Final = ready(
    select(Attendee).where(Attendee.dialogue_id == KEY, *_LEFT).order_by(Attendee.id)
)
OTHERS: Final = (
    exists()
    .where(Attendee.dialogue_id == Dialogue.id, or_(and_(*_NEW), and_(*_LEFT)))
    .correlate(Dialogue)
)
IS_AHEAD: Final = (in_state(Dialogue, DialogueState.CONVENED), Dialogue.starts_at > NOW)
INVITES_OTHERS: Final = ready(select(Dialogue.id).where(Dialogue.id == KEY, *IS_AHEAD, OTHERS))


def invite(session: Session, actor: Actor, dialogue: Dialogue, now: datetime) -> None:
    """Write an invitation to everybody at the table who has none yet, whoever acts included.

    Whom an earlier one reached is told of changes by `invite_anew` instead; whoever may not take
    the seat at present is invited once they may.
    """
    new = session.scalars(UNINVITED, {KEY.key: dialogue.id, NOW.key: now}).all()
    for row in new:
        row.invited_at = now
    _write(session, actor, dialogue, INVITE, INVITATION, (row.person_id for row in new), now)


def invite_anew(
    session: Session, actor: Actor, dialogue: Dialogue, *, retimed: bool, now: datetime
) -> None:
    """Write of a new time or place to everybody invited, whoever acts included: for calendars.

    Where it takes place at another time (`retimed`), everybody is asked anew whether they come.
    The caller has raised the sequence, and holds the dialogue.
    """
    if retimed:
        everybody = update(Attendee).where(Attendee.dialogue_id == dialogue.id)
        session.execute(everybody.values(**NOT_ANSWERED))
    # The e-mail of the change asks for an answer as well: no reminder follows on its heels.
    again = Attendee.dialogue_id == dialogue.id, Attendee.invited_at.is_not(None)
    session.execute(update(Attendee).where(*again).values(invited_at=now))
    close_proposals(session, dialogue.id, now)
    _write(session, actor, dialogue, INVITE, RESCHEDULE, sorted(invited(session, dialogue)), now)
    invite(session, actor, dialogue, now)


def renew_entries(session: Session, actor: Actor, dialogue: Dialogue, now: datetime) -> None:
    """Write of what else their entries hold to everybody invited: for calendars; answers stand.

    The caller holds the dialogue, or writes it under its version.
    """
    dialogue.sequence += 1
    session.flush()
    _write(session, actor, dialogue, INVITE, EDIT, sorted(invited(session, dialogue)), now)


def keep_notified(
    session: Session, actor: Actor, dialogue: Dialogue, before: Mapping[int, str], now: datetime
) -> None:
    """After a change of the table: invite whoever is new, take back the invitations of the others.

    Whoever comes in another role gets a new entry: of two of one sequence calendars take the newer.
    `before` is who was invited before the change, and as what. Nothing happens ahead of a date.
    """
    if dialogue.state != DialogueState.CONVENED:
        return
    after = invited_as(session, dialogue)
    gone = before.keys() - after.keys()
    other = {key for key, role in after.items() if before.get(key, role) != role}
    _write(session, actor, dialogue, UNINVITE, UNINVITE, sorted(gone), now)
    _write(session, actor, dialogue, INVITE, EDIT, sorted(other), now)
    invite(session, actor, dialogue, now)


def keep_invitations(session: Session, ref: str, now: datetime) -> bool:
    """Take back the invitation of who may not come any more, and invite who may again.

    The system does it while the dialogue lies ahead; a second call does nothing.
    """
    dialogue = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
    # Of two who come by at once the second finds what the first has done.
    session.refresh(dialogue, with_for_update={"key_share": True})
    asked = {KEY.key: dialogue.id, NOW.key: now}
    if session.scalar(INVITES_OTHERS, asked) is None:
        return False
    gone = session.scalars(GONE, asked).all()
    for row in gone:
        row.invited_at = None
        for name, value in NOT_ANSWERED.items():
            setattr(row, name, value)
    # Calendars take of two entries of one sequence the newer one.
    dialogue.changed_at = now
    system, people = the_system(session, now), sorted(row.person_id for row in gone)
    _write(session, system, dialogue, UNINVITE, UNINVITE, people, now)
    invite(session, system, dialogue, now)
    return True


def cancel_own(session: Session, actor: Actor, dialogue: Dialogue, now: datetime) -> None:
    """Write to whoever calls it off as well: the policy tells all others, not their calendar."""
    mine = invited(session, dialogue) & {actor.person_id}
    _write(session, actor, dialogue, UNINVITE, CANCEL, mine, now)


def invited(session: Session, dialogue: Dialogue) -> frozenset[int]:
    """The people at the table who were invited, by key."""
    return frozenset(invited_as(session, dialogue))


def invited_as(session: Session, dialogue: Dialogue) -> dict[int, str]:
    """The people at the table who were invited, by key, and as what calendars have them."""
    rows = select(Attendee.person_id, Attendee.role).where(
        Attendee.dialogue_id == dialogue.id, Attendee.invited_at.is_not(None)
    )
    return {row.person_id: role_in_calendars(row.role) for row in session.execute(rows)}


def _write(
    session: Session,
    actor: Actor,
    dialogue: Dialogue,
    verb: str,
    template: str,
    people: Iterable[int],
    now: datetime,
) -> None:
    keys = list(people)
    if not keys:
        return
    event = audit(session, actor, verb, DIALOGUES, dialogue, now, people=keys)
    for key in keys:
        write_to(session, event, key, now, template=template)
    session.flush()  # who is asked now can be asked for
    write_to_stand_ins(session, event, DIALOGUES, Person.id.in_(keys), now, template)
    session.flush()
