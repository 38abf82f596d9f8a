"""Whether anybody can do what an addressee is asked to do: asked of the policy's own relations.

Who has nobody able to answer is never notified, and would wait as "no response" for ever; so it is
said where the addressee is chosen, and such an addressee counts as not asked.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, union_all

from models.audience import Recipient
from models.commitments import Commitment
from models.processes import Process
from models.stakeholders import Organisation, Person, SharingGroup
from portal.access import Actor, When, predicate, stands
from portal.related import Related, related
from portal.relations import (
    Relation,
    group_member,
    member,
    recipient_column,
    seated,
    speaker,
    standing,
)
from portal.rules import AUDIENCE_RULES, COMMITMENTS, GROUPS, ORGANISATIONS, PEOPLE, PROCESSES, READ

# Whoever belongs to an organisation may confirm that a notice was read; to answer a proposal, to
# verify, to owe an action or to name who comes takes somebody who speaks for it.
READS, SPEAKS = member, speaker


def nobody(relation: Relation, now: When, model: Any = Organisation) -> ColumnElement[bool]:
    """No active person stands so to the row of `model` in the question around it, as SQL."""
    able = select(Person.id).where(standing(Person.id), relation.at(model, Person.id, now))
    return ~able.correlate(model).exists()


def silent(now: When) -> dict[str, tuple[Any, Any]]:
    """By list of addressees: its resource type, and whether nobody there could respond, as SQL."""
    return {
        "organisations": (ORGANISATIONS, nobody(READS, now)),
        "groups": (GROUPS, nobody(group_member, now, SharingGroup)),
        "processes": (PROCESSES, nobody(seated, now, Process)),
        "people": (PEOPLE, ~standing(Person.id)),
    }


LINES: Any = {
    "organisations": (Recipient.organisation_id, Organisation.name),
    "groups": (Recipient.group_id, SharingGroup.name),
    "processes": (Recipient.process_id, Process.cover_name),
    "people": (Recipient.person_id, Person.name),
}


@dataclass(frozen=True)
class NotAskedRow:
    """Somebody who is addressed, where nobody can respond."""

    name: str


def recipients_not_asked(resource: Any, actor: Actor, now: datetime) -> Related[NotAskedRow]:
    """The recipients of a resource who are not asked, as related rows of its page."""
    silent = unheard(resource, actor, now)
    return related(NotAskedRow, select(silent.c.name), order=lambda row: row.name)


def parties_not_asked(commitment: Commitment, now: datetime) -> Related[NotAskedRow]:
    """The parties of a commitment who are not asked, as related rows of its page."""
    return related(NotAskedRow, unheard_parties(commitment, now), order=lambda row: row.name)


def unheard(resource: Any, actor: Actor, now: datetime) -> Any:
    """The recipients of a resource who are not asked, for nobody there can respond, as a subquery.

    One column, `name`. Of recipients that the reader may not know of nothing is said.
    """
    parts = [unheard_parties(resource, now)] if isinstance(resource, Commitment) else []
    for word, (resource_type, nobody_there) in silent(now).items():
        column, name = LINES[word]
        rows = (
            select(name.label("name"))
            .join(Recipient, column == resource_type.model.id)
            .where(
                getattr(Recipient, recipient_column(resource)) == literal(resource.id),
                ~Recipient.excepted,
                predicate(resource_type, READ, actor.person_id, now),
                nobody_there,
            )
        )
        parts.append(rows)
    return union_all(*parts).subquery()


def unheard_parties(commitment: Commitment, now: datetime) -> Select[str]:
    """The counterpart and the verifier for whom nobody could answer, as a select of `name`.

    Whoever answers for one speaks for it and would read the commitment once it is proposed.
    """
    able = select(Person.id).where(
        SPEAKS.at(Organisation, Person.id, now),
        stands(COMMITMENTS, AUDIENCE_RULES[COMMITMENTS.name].readers, commitment.id, now),
    )
    return select(Organisation.name.label("name")).where(
        Organisation.id.in_((commitment.addressee_id, commitment.verifier_id or 0)),
        ~able.correlate(Organisation).exists(),
    )
