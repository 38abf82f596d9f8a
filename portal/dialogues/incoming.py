"""A reply to an invitation that came by e-mail: whose it is, and what becomes of it.

Whose it is is found while nothing is locked. A reply is believed for its token alone. Of two
answers the one that reached us last holds, if it answers the invitation as it now stands. Whatever
else comes with a genuine token is shown to the organisers, and the person hears what holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select, union, update
from sqlalchemy.orm import Session

from models.dialogues import Answer, Attendee, Dialogue, DialogueState
from models.ledger import OutboxEmail
from models.replies import CalendarReply, Outcome
from models.stakeholders import Person
from portal.access import Actor, may
from portal.calendars import Reply, is_token_of, uid_of
from portal.dialogues.polling import held
from portal.errors import PortalError
from portal.ledger import audit, transition, write_to
from portal.on_behalf import may_be_notified
from portal.parameters import at_most
from portal.rules import COUNTER, DIALOGUES, READ
from portal.rules.verbs import ANSWER, RECEIVE_REPLY, TAKE_SEAT

REFERENCE: Final = re.compile(r"D-[0-9]{2}-[0-9A-Z]{6}", re.IGNORECASE)
# How Exchange wraps the UID of others, as a Global Object ID (MS-OXCICAL, 2.1.3.1.1.20.26).
WRAPPED: Final = re.compile(r"(?:[0-9A-F]{2}){16,250}", re.IGNORECASE)
DAY: Final = timedelta(days=1)
SENT: Final = "sent"
UNTRAINED: Final = "untrained"  # a unit of training is required first: the person is told alone
MOST_MAILS: Final = 50  # a day from one person about one dialogue; more is flooding
MOST_EMAILS: Final = 3  # a day back to that person


@dataclass(frozen=True)
class Invitee:
    """Whose a reply is."""

    dialogue_id: int
    ref: str
    person_id: int


def invitee_of(
    session: Session, keys: Sequence[bytes], reply: Reply, base_url: str
) -> Invitee | None:
    """Whose the token of a reply is, under any of the keys; None where it is nobody's.

    The UID only says where to look first: calendars change it, or leave it out.
    """
    hosts = {uid_of("", base_url)} | {"@" + reply.uid.lower().rpartition("@")[2]}
    refs = {hit[0].upper() for hit in REFERENCE.finditer(_unwrapped(reply.uid))}
    for these in (refs, None) if refs else (None,):
        for one in _invited(session, these):
            for host in hosts:
                name = one.ref.lower() + host
                if is_token_of(tuple(keys), name, one.person_id, reply.token):
                    return one
    return None


def _unwrapped(uid: str) -> str:
    if WRAPPED.fullmatch(uid):
        return uid + bytes.fromhex(uid).decode("ascii", "replace")
    return uid


def _invited(session: Session, refs: set[str] | None) -> Iterator[Invitee]:
    # Whoever is at a table, and whoever was and may have had an invitation.
    columns = Dialogue.id, Dialogue.ref
    seated = select(*columns, Attendee.person_id).join(
        Attendee, Attendee.dialogue_id == Dialogue.id
    )
    written = (
        select(*columns, OutboxEmail.person_id)
        .join(OutboxEmail, OutboxEmail.resource_id == Dialogue.id)
        .where(
            OutboxEmail.resource_type == DIALOGUES.name,
            OutboxEmail.template.in_(("invitation", "reschedule", "edit")),
            or_(
                OutboxEmail.outcome == SENT,
                OutboxEmail.attempts > 0,
                OutboxEmail.leased_until.is_not(None),
            ),
        )
    )
    if refs is not None:
        seated, written = (one.where(Dialogue.ref.in_(refs)) for one in (seated, written))
    seated = seated.where(Dialogue.convened_at.is_not(None))
    for row in session.execute(union(seated, written)):
        yield Invitee(*row)


def take(session: Session, whose: Invitee, reply: Reply, now: datetime) -> bool:
    """Take what came by mail from somebody; whether it is an answer that counts.

    The same mail once more changes nothing, nor does a flood of them. Raises TooLate where the
    state is just being changed: what was answered is known afterwards, and the mail comes again.
    """
    dialogue = session.get_one(Dialogue, whose.dialogue_id)
    person = session.get_one(Person, whose.person_id)
    actor = Actor(person.id, person.name)
    held(session, dialogue, ANSWER)
    try:
        before = _before(session, whose, reply, now)
        if before is not None:
            return before == Outcome.ANSWER
        answer, outcome, reason = _understood(session, actor, dialogue, reply, person.email, now)
        counts = outcome in (Outcome.ANSWER, Outcome.PROPOSAL)
        row = row_of(session, dialogue, person.id) if counts else None
        # What a page said otherwise is written over, and the person is to hear so.
        said = row.answer if row is not None and not row.by_mail else ""
        differs = bool(answer and said) and said != answer
        changed = row is not None and _apply(session, actor, dialogue, row, answer, now)
        if changed or reply.mail or outcome != Outcome.ANSWER:
            _keep(session, whose, reply, outcome, reason, now)
        if outcome == Outcome.PROPOSAL:
            counter(session, actor, dialogue.ref, now)
        if (differs or not counts) and not reply.automatic:
            _say_what_holds(session, actor, dialogue, outcome, now)
    except PortalError:
        return False
    return counts


def counter(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Propose another time by the reply of a calendar: the organisers are notified of it."""
    with transition(session, actor, COUNTER, DIALOGUES, ref, now, by="mail"):
        pass


def _before(session: Session, whose: Invitee, reply: Reply, now: datetime) -> str | None:
    """What became of the same mail before, or that there are too many; None where it is new."""
    theirs = (
        CalendarReply.dialogue_id == whose.dialogue_id,
        CalendarReply.person_id == whose.person_id,
    )
    if reply.mail:
        same = select(CalendarReply.outcome).where(*theirs, CalendarReply.mail == reply.mail)
        if (found := session.scalars(same.limit(at_most(1))).first()) is not None:
            return found
    many = select(func.count()).where(*theirs, CalendarReply.at > now - DAY)
    return "" if (session.scalar(many) or 0) >= MOST_MAILS else None


def _understood(
    session: Session, actor: Actor, dialogue: Dialogue, reply: Reply, email: str, now: datetime
) -> tuple[str, Outcome, str]:
    """The answer, what becomes of the reply, and why it cannot be read where it cannot."""
    answer, why = ("", reply.unread) if reply.unread else reply.answer_of(email)
    if why and reply.proposes is not None:
        answer = why = ""
    if why:
        outcome = Outcome.AUTOMATIC if reply.automatic else Outcome.UNREAD
        return "", outcome, why
    if dialogue.state != DialogueState.CONVENED:
        return answer, Outcome.OVER, ""
    if not may(session, actor, ANSWER, DIALOGUES, dialogue.id, now):
        return answer, Outcome.UNINVITED, ""
    if reply.sequence != dialogue.sequence:
        return answer, Outcome.OUTDATED, ""
    if reply.proposes is not None and reply.proposes.starts_at != dialogue.starts_at:
        return answer, Outcome.PROPOSAL, ""
    if answer != Answer.DECLINED and not may(
        session, actor, TAKE_SEAT, DIALOGUES, dialogue.id, now
    ):
        return answer, Outcome.UNREAD, UNTRAINED
    return answer, Outcome.ANSWER, ""


def _apply(
    session: Session, actor: Actor, dialogue: Dialogue, row: Any, answer: str, now: datetime
) -> bool:
    """Write the answer down; whether it is another one than before."""
    if not answer or (row.answer, row.by_mail) == (answer, True):
        return False
    with transition(session, actor, ANSWER, DIALOGUES, dialogue.ref, now, by="mail"):
        row.answer, row.answered_at, row.by_mail, row.by_id = answer, now, True, None
    return True


def _keep(
    session: Session, whose: Invitee, reply: Reply, outcome: Outcome, reason: str, now: datetime
) -> None:
    row = CalendarReply(
        dialogue_id=whose.dialogue_id,
        person_id=whose.person_id,
        at=now,
        outcome=outcome,
        reason=reason,
        mail=reply.mail,
    )
    if outcome == Outcome.PROPOSAL and reply.proposes is not None:
        close_proposals(session, whose.dialogue_id, now, whose.person_id)
        row.starts_at, row.ends_at = reply.proposes.starts_at, reply.proposes.ends_at
    session.add(row)
    session.flush()


def close_proposals(
    session: Session, dialogue_id: int, now: datetime, person_id: int | None = None
) -> None:
    """Other times that were proposed wait no longer: of one person, or of everybody."""
    theirs = () if person_id is None else (CalendarReply.person_id == person_id,)
    session.execute(
        update(CalendarReply)
        .where(
            CalendarReply.dialogue_id == dialogue_id,
            CalendarReply.outcome == Outcome.PROPOSAL,
            CalendarReply.closed_at.is_(None),
            *theirs,
        )
        .values(closed_at=now)
    )


def _say_what_holds(
    session: Session, actor: Actor, dialogue: Dialogue, outcome: Outcome, now: datetime
) -> None:
    """An e-mail about what now holds, to the address that we know and no other, a few times a day.

    To the address that a mail says it comes from nothing is ever written: anybody can write it.
    """
    event = audit(session, actor, RECEIVE_REPLY, DIALOGUES, dialogue, now, outcome=str(outcome))
    mine = (
        OutboxEmail.resource_type == DIALOGUES.name,
        OutboxEmail.resource_id == dialogue.id,
        OutboxEmail.person_id == actor.person_id,
        OutboxEmail.template == RECEIVE_REPLY,
    )
    lately = select(func.count()).where(*mine, OutboxEmail.created_at > now - DAY)
    waiting = select(func.count()).where(*mine, OutboxEmail.closed_at.is_(None))
    if (session.scalar(lately) or 0) >= MOST_EMAILS or session.scalar(waiting):
        return
    who = actor.person_id
    if may_be_notified(session, who, DIALOGUES, dialogue.id, RECEIVE_REPLY, READ, now):
        write_to(session, event, actor.person_id, now)


def row_of(session: Session, dialogue: Dialogue, person_id: int) -> Any:
    """The line of somebody at the table, as it stands now."""
    mine = select(Attendee).where(
        Attendee.dialogue_id == dialogue.id, Attendee.person_id == person_id
    )
    return session.scalars(mine.execution_options(populate_existing=True)).one()
