"""Liveness checks: asked by hand or as planned, answered by one link, passed on to deputies."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from models.contacts import ContactCheck, ContactPoint, ContactState, Verified
from models.vocabulary import Tlp
from portal.access import Actor
from portal.contacts.absences import absences
from portal.contacts.duty import chain, is_on_duty, next_opening
from portal.contacts.holders import is_vacant
from portal.contacts.keeping import confirm
from portal.contacts.listing import as_on_call, on_call
from portal.contacts.planning import plan
from portal.db import in_state
from portal.email_keys import hash_key, new_key
from portal.errors import Invalid, NotFound, TooLate
from portal.ledger import audit, transition, write_to
from portal.rules import ANSWER, CHECK, CONTACTS, ESCALATE, REMOVE_EXERCISES
from portal.system import the_system
from portal.words import N_

ANSWER_WITHIN: Final = timedelta(hours=24)


def check(
    session: Session, actor: Actor, ref: str, *, exercise: bool = False, now: datetime
) -> None:
    """Ask a contact point by e-mail whether it answers.

    Raises Invalid outside its hours, and while another check waits for its answer.
    """
    system = the_system(session, now)
    planned = actor.person_id == system.person_id
    with transition(session, actor, CHECK, CONTACTS, ref, now, exercise=exercise) as contact:
        if not is_on_duty(on_call(session, contact, now), now):
            raise Invalid({"exercise": N_("It is outside its hours now. Check it later.")})
        if waiting_check(session, contact.id) is not None:
            raise Invalid({"exercise": N_("A check is waiting for an answer already.")})
        if planned:
            plan(contact, now)
        contact.checked_at = now
        by_id = None if planned else actor.person_id
        _ask(session, contact, None, by_id, now, exercise=exercise)


def answer(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Answer the check of a contact point that one keeps or holds, or whose holder one acts for."""
    with transition(session, actor, ANSWER, CONTACTS, ref, now) as contact:
        _answered(session, contact, actor.person_id, now)


def asked_with(session: Session, key: str, now: datetime) -> tuple[ContactPoint, ContactCheck]:
    """The contact point and the check that wait for an answer with this key.

    Raises NotFound where none does any more, or where it is RED: that takes a sign-in.
    """
    found = session.execute(
        select(ContactPoint, ContactCheck)
        .join(ContactPoint, ContactPoint.id == ContactCheck.contact_id)
        .where(
            ContactCheck.key_hash == hash_key(key),
            ContactCheck.answered_at.is_(None),
            ContactCheck.passed_at.is_(None),
            ContactCheck.answer_by_at > now,
            ContactPoint.tlp != Tlp.RED,
            in_state(ContactPoint, ContactState.CURRENT),
        )
    ).one_or_none()
    if found is None:
        raise NotFound(CHECK)
    return found[0], found[1]


def answer_by_key(session: Session, key: str, now: datetime) -> None:
    """Answer with the key of the e-mail; raises NotFound where it opens nothing (any more)."""
    contact, _check = asked_with(session, key, now)
    system = the_system(session, now)
    with transition(session, system, ANSWER, CONTACTS, contact.ref, now, by_link=True) as found:
        _answered(session, found, found.person_id, now)


def escalate(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Give up waiting for an answer, and ask the next deputy who is on duty and was not asked."""
    with transition(session, actor, ESCALATE, CONTACTS, ref, now) as contact:
        silent = waiting_check(session, contact.id)
        if silent is None:
            raise TooLate(ESCALATE)
        silent.passed_at = contact.checked_at = now
        session.flush()
        deputies = _deputies(session, contact, silent)
        away = absences(session, deputies, now)
        rota = {as_on_call(one, away.get(one.id)): one for one in deputies}
        for entry in chain(rota, now)[:1]:
            deputy = rota[entry]
            deputy.checked_at = now
            first = silent.round_id or silent.id
            _ask(session, deputy, first, silent.by_id, now, exercise=silent.exercise)


def remove_exercises(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Delete all exercises of a contact point's organisation; the trail keeps that they were."""
    with transition(session, actor, REMOVE_EXERCISES, CONTACTS, ref, now) as contact:
        own = select(ContactPoint.id).where(ContactPoint.organisation_id == contact.organisation_id)
        gone = delete(ContactCheck).where(
            ContactCheck.exercise,
            ContactCheck.contact_id.in_(own),
            or_(ContactCheck.answered_at.is_not(None), ContactCheck.passed_at.is_not(None)),
        )
        quiet = {"synchronize_session": False}
        # Deputies first: they name the check that their round began with.
        session.execute(gone.where(ContactCheck.round_id.is_not(None)), execution_options=quiet)
        begun = select(ContactCheck.round_id).where(ContactCheck.round_id.is_not(None))
        session.execute(gone.where(ContactCheck.id.not_in(begun)), execution_options=quiet)


def due_checks(session: Session, now: datetime) -> list[str]:
    """The references of those that the system asks, or passes on, now."""
    late = exists().where(
        ContactCheck.contact_id == ContactPoint.id,
        ContactCheck.answered_at.is_(None),
        ContactCheck.passed_at.is_(None),
        ContactCheck.answer_by_at <= now,
    )
    found = (
        select(ContactPoint.ref)
        .where(
            in_state(ContactPoint, ContactState.CURRENT), or_(ContactPoint.check_at <= now, late)
        )
        .order_by(ContactPoint.id)
    )
    return list(session.scalars(found))


def keep_checks(session: Session, ref: str, now: datetime) -> int:
    """Pass on what got no answer, or ask; gives back the number of acts."""
    contact = session.scalars(select(ContactPoint).where(ContactPoint.ref == ref)).one()
    waiting = waiting_check(session, contact.id)
    if waiting is not None and waiting.answer_by_at <= now:
        escalate(session, the_system(session, now), ref, now)
        return 1
    if contact.check_at is None or contact.check_at > now:
        return 0
    entry = on_call(session, contact, now)
    if waiting is not None or not is_on_duty(entry, now):
        # Another check asks it already, or the jobs come late: nobody is asked at night.
        later = waiting.answer_by_at if waiting is not None else now
        contact.check_at = next_opening(entry, later)
        return 0
    check(session, the_system(session, now), ref, now=now)
    return 1


def waiting_check(session: Session, contact_id: int) -> ContactCheck | None:
    """The check of a contact point that was neither answered nor passed on."""
    found = select(ContactCheck).where(
        ContactCheck.contact_id == contact_id,
        ContactCheck.answered_at.is_(None),
        ContactCheck.passed_at.is_(None),
    )
    return session.scalars(found).one_or_none()


def _ask(
    session: Session,
    contact: ContactPoint,
    round_id: int | None,
    by_id: int | None,
    now: datetime,
    *,
    exercise: bool,
) -> None:
    key, system = new_key(), the_system(session, now)
    row = ContactCheck(
        contact_id=contact.id,
        round_id=round_id,
        by_id=by_id,
        exercise=exercise,
        asked_at=now,
        answer_by_at=now + ANSWER_WITHIN,
        key_hash=hash_key(key),
    )
    session.add(row)
    session.flush()
    event = audit(session, system, "ask", CONTACTS, contact, now, check=row.id)
    holder = None if is_vacant(session, contact, now) else contact.person_id
    asked_now = on_call(session, contact, now).person_at(now)
    instead = asked_now if holder is not None and asked_now not in (0, holder) else None
    to = instead or holder or system.person_id
    away = holder if instead is not None else None
    write_to(session, event, to, now, secret=key, template=CHECK, for_id=away)


def _answered(session: Session, contact: ContactPoint, by_id: int | None, now: datetime) -> None:
    waiting = waiting_check(session, contact.id)
    if waiting is None:
        raise TooLate(ANSWER)
    waiting.answered_at = contact.checked_at = now
    if not waiting.exercise:
        contact.answered_at = now
        confirm(contact, by_id, Verified.CHECK, now)


def _deputies(session: Session, contact: ContactPoint, silent: ContactCheck) -> list[ContactPoint]:
    first = silent.round_id or silent.id
    asked = select(ContactCheck.contact_id).where(
        or_(ContactCheck.id == first, ContactCheck.round_id == first)
    )
    busy = select(ContactCheck.contact_id).where(
        ContactCheck.answered_at.is_(None), ContactCheck.passed_at.is_(None)
    )
    found = select(ContactPoint).where(
        ContactPoint.organisation_id == contact.organisation_id,
        ContactPoint.purpose == contact.purpose,
        in_state(ContactPoint, ContactState.CURRENT),
        ContactPoint.id.not_in(asked),
        ContactPoint.id.not_in(busy),
    )
    return list(session.scalars(found))
