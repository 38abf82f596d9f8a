"""Keeping contact points: added, changed, published, verified, retired."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from models.contacts import VERIFIED, ContactCheck, ContactPoint, Verified
from models.stakeholders import Membership, Person, Standing
from portal.access import Actor
from portal.contacts.holders import hand_over, name_holder
from portal.contacts.listing import on_call
from portal.contacts.planning import plan, plan_anew
from portal.contacts.text import ContactText, text_of
from portal.db import in_state
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import create, draft_of, transition
from portal.recipients import AudiencePreview, RecipientList, list_of, reach_if, write_list
from portal.relations import in_force, moment
from portal.rules import ADD_CONTACT, CONTACTS, EDIT, ORGANISATIONS, PUBLISH, RETIRE, VERIFY
from portal.words import N_

# How long a confirmation counts, however seldom an organisation wishes its contact points checked;
# the UN directory is asked about as often as twice a year.
STALE_AFTER: Final = timedelta(days=90)


def add_contact(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: ContactText,
    to: RecipientList,
    now: datetime,
) -> ContactPoint:
    """Start a contact point; raises Invalid with a message for each bad field."""
    with transition(session, actor, ADD_CONTACT, ORGANISATIONS, organisation_ref, now) as home:
        _refuse(session, actor, home.id, text, to, now)
        contact = draft_of(CONTACTS, actor, home.id, now)
        text.write_into(contact)
        create(session, actor, ADD_CONTACT, CONTACTS, contact, now)
        name_holder(session, contact, actor.person_id, now)
        write_list(session, contact, to, now)
    return contact


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ContactText,
    to: RecipientList,
    version: int,
    now: datetime,
) -> None:
    """Change a contact point; `version` is the one the writer had before their eyes.

    Saving one that is published confirms it. Raises TooLate when somebody saved another version
    meanwhile, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, CONTACTS, ref, now) as contact:
        if contact.version != version:
            raise TooLate(EDIT)
        _refuse(session, actor, contact.organisation_id, text, to, now, list_of(session, contact))
        held_by, every = contact.person_id, contact.check_every
        text.write_into(contact)
        write_list(session, contact, to, now)
        contact.changed_at = now
        if contact.published_at is not None:
            if contact.check_at is None:
                plan(contact, now)
            elif contact.check_every != every:
                plan_anew(contact, on_call(session, contact, now), now)
            confirm(contact, actor.person_id, Verified.SAVED, now)
        if contact.person_id != held_by:
            hand_over(session, contact, actor.person_id, now)


def publish(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Show a draft to those whom it names; raises Invalid for what cannot be taken any more."""
    with transition(session, actor, PUBLISH, CONTACTS, ref, now) as contact:
        to, text = list_of(session, contact), text_of(contact)
        _refuse(session, actor, contact.organisation_id, text, to, now, to)
        contact.published_at = contact.changed_at = now
        plan(contact, now)
        confirm(contact, actor.person_id, Verified.SAVED, now)


def verify(session: Session, actor: Actor, ref: str, *, how: str, now: datetime) -> None:
    """Confirm that a contact point is right and answers; `how` is one of `BY_HAND`."""
    with transition(session, actor, VERIFY, CONTACTS, ref, now, how=how) as contact:
        if how not in BY_HAND:
            raise Invalid({"how": N_("Choose one from the list.")})
        confirm(contact, actor.person_id, Verified(how), now)


def retire(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Take a contact point out of the directory; its organisation keeps it."""
    with transition(session, actor, RETIRE, CONTACTS, ref, now) as contact:
        contact.changed_at = now
        contact.stale_at = contact.check_at = contact.planned_at = None
        waiting = (ContactCheck.contact_id == contact.id, ContactCheck.answered_at.is_(None))
        ended = update(ContactCheck).where(*waiting, ContactCheck.passed_at.is_(None))
        session.execute(ended.values(passed_at=now))


BY_HAND: Final = tuple(how for how in VERIFIED if how not in (Verified.SAVED, Verified.CHECK))


def confirm(contact: ContactPoint, by_id: int | None, how: Verified, now: datetime) -> None:
    """Note who confirmed it, when and how."""
    contact.verified_at, contact.verified_by_id, contact.verified_how = now, by_id, how
    contact.stale_at = now + STALE_AFTER


def _refuse(
    session: Session,
    actor: Actor,
    home_id: int,
    text: ContactText,
    to: RecipientList,
    now: datetime,
    kept: RecipientList | None = None,
) -> None:
    problems = text.problems() | to.problems(session, actor, text.tlp, now, kept)
    if text.person_id is not None and not _belongs(session, text.person_id, home_id, now):
        problems["person_id"] = N_("Choose somebody of this organisation, or nobody.")
    refuse(problems)


def _belongs(session: Session, person_id: int, home_id: int, now: datetime) -> bool:
    here = exists().where(
        Membership.person_id == person_id,
        Membership.organisation_id == home_id,
        in_force(Membership, moment(now)),
        Person.id == Membership.person_id,
        in_state(Person, Standing.ACTIVE),
    )
    return bool(session.scalar(select(here)))


def who_will_see(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: ContactText,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read it if it were published: asked of the policy, nothing is kept."""

    def written() -> ContactPoint:
        return add_contact(session, actor, organisation_ref, text=text, to=to, now=now)

    return reach_if(session, actor, CONTACTS, written, now)


def who_would_see(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ContactText,
    to: RecipientList,
    version: int,
    now: datetime,
) -> AudiencePreview:
    """Who could read an existing one if it said this and went to these; nothing is kept."""

    def written() -> ContactPoint:
        edit(session, actor, ref, text=text, to=to, version=version, now=now)
        found = select(ContactPoint).where(ContactPoint.ref == ref)
        return session.scalars(found).one()

    return reach_if(session, actor, CONTACTS, written, now)
