"""How a person can stand to an alternate, and for what an alternate stands."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import and_, inspect, or_

from models.alternates import Alternate, AlternateState
from models.audience import Recipient
from models.contacts import ContactPoint
from models.dialogues import Dialogue
from models.notices import Notice
from models.records import Record
from models.stakeholders import Person, Role, Standing
from models.vocabulary import Tlp
from portal.db import alias
from portal.relations.belonging import belongs
from portal.relations.sentence import Now, Predicate, Who, relation, some

AWAY = alias(Person, "policy_away")
FOR_PROCESS = alias(Recipient, "policy_for_process")
ITS_DIALOGUE = alias(Dialogue, "policy_its_dialogue")


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
    return belongs(row.organisation_id, who, now, Role.ADMIN)


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


def covers(row: Any, resource: Any) -> Predicate:
    """The alternate is for this resource: for everything, its process or its purpose.

    What is TLP:RED is covered only where whoever is away said so.
    """
    everything = and_(row.process_id.is_(None), row.purpose == "")
    named = or_(everything, COVERED[inspect(resource).mapper.class_](row, resource))
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
