"""How a person can stand to an alternate, and for what an alternate stands."""

from collections.abc import Callable, Collection
from typing import Any, Final

from sqlalchemy import and_, false, inspect, or_

from models.alternates import Alternate, AlternateState
from models.audience import Recipient
from models.contacts import ContactPoint
from models.dialogues import Attendee, Confidentiality, Delegation, Dialogue
from models.ledger import AuditEvent
from models.notices import Notice
from models.records import Record
from models.stakeholders import Membership, Person, Role, Standing
from models.vocabulary import Tlp
from portal.db import alias
from portal.relations.belonging import ADMINS, belongs, in_force
from portal.relations.dialogues import at_table
from portal.relations.sentence import Now, Predicate, Who, relation, some

AWAY, ACTS = alias(Person, "policy_away"), alias(Person, "policy_acts")
HELD = alias(Membership, "policy_held_role")
FOR_PROCESS = alias(Recipient, "policy_for_process")
ITS_DIALOGUE = alias(Dialogue, "policy_its_dialogue")
SENT, SENDER = alias(Attendee, "policy_is_sent"), alias(Delegation, "policy_is_sender")
ALONE = alias(Attendee, "policy_is_guest")
SIDE = alias(Delegation, "policy_is_contact")
DONE = alias(AuditEvent, "policy_done_for")


@relation
def alternate(row: type[Alternate], who: Who, now: Now) -> Predicate:
    """The person is the alternate, or is asked to be, and belongs to the organisation now."""
    return and_(row.person_id == who, belongs(row.organisation_id, who, now))


@relation
def represented(row: type[Alternate], who: Who, now: Now) -> Predicate:
    """The person is the one for whom somebody acts, and belongs to the organisation now."""
    return and_(row.for_id == who, belongs(row.organisation_id, who, now))


@relation
def declared_it(row: type[Alternate], who: Who, _now: Now) -> Predicate:
    """The person declared it, for themselves or as an administrator."""
    return row.declared_by_id == who


@relation
def alternates_admin(row: type[Alternate], who: Who, now: Now) -> Predicate:
    """The person looks after the people of the organisation for which it is declared."""
    return belongs(row.organisation_id, who, now, *ADMINS)


@relation
def not_answered(row: type[Alternate], _who: Who, _now: Now) -> Predicate:
    """It waits for the answer of the alternate."""
    return row.state == AlternateState.DECLARED


@relation
def not_over(row: type[Alternate], _who: Who, now: Now) -> Predicate:
    """Its last day is not over."""
    return row.ends_at > now


@relation
def under_way(row: type[Alternate], _who: Who, now: Now) -> Predicate:
    """Its first day has begun, and its last is not over."""
    return and_(row.begins_at <= now, row.ends_at > now)


@relation
def both_belong(row: type[Alternate], _who: Who, now: Now) -> Predicate:
    """Both belong to the organisation now, and whoever is away is active."""
    return and_(
        belongs(row.organisation_id, row.person_id, now),
        belongs(row.organisation_id, row.for_id, now),
        some(AWAY, where=(AWAY.id == row.for_id, AWAY.state == Standing.ACTIVE)),
    )


@relation
def role_held(row: type[Alternate], _who: Who, now: Now) -> Predicate:
    """Whoever is away has the role now for whose work it is, where it is for that of one."""
    held = some(
        HELD,
        where=(
            HELD.organisation_id == row.organisation_id,
            HELD.person_id == row.for_id,
            HELD.role == row.role,
            in_force(HELD, now),
        ),
    )
    return or_(row.role == "", held)


@relation
def acts_themselves(row: type[Alternate], _who: Who, _now: Now) -> Predicate:
    """The alternate is active: said where the rest of the policy is not asked about them."""
    return some(ACTS, where=(ACTS.id == row.person_id, ACTS.state == Standing.ACTIVE))


def covers(row: Any, resource: Any, work_of: Collection[Role]) -> Predicate:
    """The alternate is for this duty: for everything, its process, its purpose, or a role.

    `work_of` are the roles whose work the duty is. That whoever is away has that role is asked by
    `role_held`, beside that the alternate is in force. What is TLP:RED is covered only where
    whoever is away said so.
    """
    everything = and_(row.process_id.is_(None), row.purpose == "", row.role == "")
    role = row.role.in_(work_of) if work_of else false()
    named = or_(everything, role, COVERED[inspect(resource).mapper.class_](row, resource))
    return and_(named, or_(resource.tlp != Tlp.RED, row.red))


def _by_list(row: Any, notice: Any) -> Predicate:
    return some(
        FOR_PROCESS,
        where=(
            FOR_PROCESS.notice_id == notice.id,
            FOR_PROCESS.process_id == row.process_id,
            ~FOR_PROCESS.excepted,
        ),
    )


def _by_dialogue(row: Any, record: Any) -> Predicate:
    return some(
        ITS_DIALOGUE,
        where=(
            ITS_DIALOGUE.id == record.dialogue_id,
            ITS_DIALOGUE.process_id == row.process_id,
        ),
    )


def _by_process(row: Any, dialogue: Any) -> Predicate:
    same: Predicate = dialogue.process_id == row.process_id
    return same


def _by_purpose(row: Any, contact: Any) -> Predicate:
    same: Predicate = contact.purpose == row.purpose
    return same


# What of a resource a process or a purpose means; of no other noun anybody acts for another.
COVERED: Final[dict[Any, Callable[[Any, Any], Predicate]]] = {
    Notice: _by_list,
    Dialogue: _by_process,
    Record: _by_dialogue,
    ContactPoint: _by_purpose,
}


def acted_for(row: Any, resource: Any, noun: str, *verbs: str) -> Predicate:
    """By the trail the alternate has done one of these to the resource for whoever is away."""
    return some(
        DONE,
        where=(
            DONE.resource_type == noun,
            DONE.resource_id == resource.id,
            DONE.verb.in_(verbs),
            DONE.person_id == row.person_id,
            DONE.for_id == row.for_id,
        ),
    )


def invited_at_home(row: Any, dialogue: Any, now: Now) -> Predicate:
    """Whoever is away is invited: by a delegation of the alternate's organisation, or alone."""
    seated = or_(_is_sent(row, dialogue.id), _is_guest(row, dialogue.id))
    return and_(seated, _may_learn(row, dialogue, now))


def polled_at_home(row: Any, dialogue: Any, now: Now) -> Predicate:
    """Whoever is away is asked by the poll by name, for a delegation of that organisation."""
    asked = or_(_is_contact(row, dialogue.id), and_(dialogue.by_person, _is_sent(row, dialogue.id)))
    return and_(asked, _may_learn(row, dialogue, now))


def attended_for_home(row: Any, record: Any, _now: Now) -> Predicate:
    """Whoever is away attended: for a delegation of that organisation, or as a guest."""
    came = _is_sent(row, record.dialogue_id, SENT.came.is_(True))
    return or_(came, _is_guest(row, record.dialogue_id, ALONE.came.is_(True)))


def holds_at_home(row: Any, contact: Any, _now: Now) -> Predicate:
    """The contact point is one of the alternate's organisation."""
    same: Predicate = contact.organisation_id == row.organisation_id
    return same


def _may_learn(row: Any, dialogue: Any, now: Now) -> Predicate:
    # Under the Chatham House Rule nobody outside the table learns who sits there.
    open_rule = dialogue.rule != Confidentiality.CHATHAM
    return or_(open_rule, at_table(dialogue.id, row.person_id, now))


def _is_sent(row: Any, dialogue_id: Any, *more: Predicate) -> Predicate:
    return some(
        SENT,
        SENDER,
        where=(
            SENT.dialogue_id == dialogue_id,
            SENT.person_id == row.for_id,
            SENDER.id == SENT.delegation_id,
            SENDER.organisation_id == row.organisation_id,
            *more,
        ),
    )


def _is_guest(row: Any, dialogue_id: Any, *more: Predicate) -> Predicate:
    return some(
        ALONE,
        where=(
            ALONE.dialogue_id == dialogue_id,
            ALONE.person_id == row.for_id,
            ALONE.delegation_id.is_(None),
            ~ALONE.organises,
            *more,
        ),
    )


def _is_contact(row: Any, dialogue_id: Any) -> Predicate:
    return some(
        SIDE,
        where=(
            SIDE.dialogue_id == dialogue_id,
            SIDE.contact_id == row.for_id,
            SIDE.organisation_id == row.organisation_id,
        ),
    )
