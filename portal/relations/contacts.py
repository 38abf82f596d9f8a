"""How a person can stand to a contact point of an organisation."""

from typing import Any

from sqlalchemy import and_

from models.contacts import ContactCheck, ContactHolder, ContactPoint
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal.db import alias
from portal.relations.belonging import ADMINS, CONVENERS, belongs, standing
from portal.relations.sentence import Now, Predicate, Who, relation, some

REVIEWER = alias(Organisation, "policy_reviewer")
NAMED = alias(ContactHolder, "policy_named_holder")
OPEN, LATE = alias(ContactCheck, "policy_open_check"), alias(ContactCheck, "policy_late_check")


@relation
def holder(contact: type[ContactPoint], who: Who, now: Now) -> Predicate:
    """The person holds the position, and still belongs to its organisation."""
    return and_(contact.person_id == who, belongs(contact.organisation_id, who, now))


@relation
def just_named(contact: type[ContactPoint], who: Who, _now: Now) -> Predicate:
    """The person was put into the position by the change that is being made."""
    return some(
        NAMED,
        where=(
            NAMED.contact_id == contact.id,
            NAMED.person_id == who,
            NAMED.until_at.is_(None),
            NAMED.since_at == contact.changed_at,
        ),
    )


@relation
def keeps_contacts(contact: type[ContactPoint], who: Who, now: Now) -> Predicate:
    """The person speaks for the organisation or administers it, and the contact is not RED."""
    own = belongs(contact.organisation_id, who, now, *CONVENERS)
    return and_(contact.tlp != Tlp.RED, own)


@relation
def contact_admin(contact: type[ContactPoint], who: Who, now: Now) -> Predicate:
    """The person administers the organisation of the contact point."""
    return belongs(contact.organisation_id, who, now, *ADMINS)


@relation
def reviewed(contact: type[ContactPoint], _who: Who, _now: Now) -> Predicate:
    """The organisation wishes that an administrator reviews its contact points."""
    return some(REVIEWER, where=(REVIEWER.id == contact.organisation_id, REVIEWER.reviews_contacts))


@relation
def unheld(contact: type[ContactPoint], _who: Who, now: Now) -> Predicate:
    """Nobody is in the position: it is named without a person, or whoever held it is gone."""
    who: Any = contact.person_id
    there = and_(belongs(contact.organisation_id, who, now), standing(who))
    return ~there  # nobody belongs anywhere, so that a position without a person is in it


@relation
def check_due(contact: type[ContactPoint], _who: Who, now: Now) -> Predicate:
    """The time has come to ask whether it answers."""
    return contact.check_at <= now


@relation
def asked_by_check(contact: type[ContactPoint], _who: Who, now: Now) -> Predicate:
    """A check waits for its answer."""
    return some(
        OPEN,
        where=(
            OPEN.contact_id == contact.id,
            OPEN.answered_at.is_(None),
            OPEN.passed_at.is_(None),
            OPEN.answer_by_at > now,
        ),
    )


@relation
def check_unanswered(contact: type[ContactPoint], _who: Who, now: Now) -> Predicate:
    """The time to answer a check is over."""
    return some(
        LATE,
        where=(
            LATE.contact_id == contact.id,
            LATE.answered_at.is_(None),
            LATE.passed_at.is_(None),
            LATE.answer_by_at <= now,
        ),
    )
