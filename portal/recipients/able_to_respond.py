"""Whether anybody can do what an addressee is asked to do: asked of the policy's own relations.

Who has nobody able to answer is never notified, and would wait as "no response" for ever; so it is
said where the addressee is chosen, and such an addressee counts as not asked.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select, union, union_all

from models.audience import Recipient
from models.base import Resource
from models.commitments import Commitment
from models.dialogues import Delegation
from models.processes import Process
from models.stakeholders import Membership, Organisation, Person, SharingGroup
from portal.access import Key, When, predicate, stands
from portal.parameters import KEY, ME, NOW, at_most
from portal.related import Related, related
from portal.relations import (
    Relation,
    group_member,
    member,
    recipient_column,
    seated,
    somebody_of,
    speaker,
    standing,
)
from portal.rules import AUDIENCE_RULES, COMMITMENTS, GROUPS, ORGANISATIONS, PEOPLE, PROCESSES, READ

# Whoever belongs to an organisation may confirm that a notice was read; to answer a proposal, to
# verify, to owe an action or to name who comes takes somebody who speaks for it.
READS, SPEAKS = member, speaker
# Of which organisation somebody is who stands so to these.
HOME_OF: Final[dict[Any, Any]] = {
    Organisation: Organisation.id,
    Delegation: Delegation.organisation_id,
}


def nobody(relation: Relation, now: When, model: Any = Organisation) -> ColumnElement[bool]:
    """No active person stands so to the row of `model` in the question around it, as SQL."""
    if model in HOME_OF:
        return ~somebody_of(HOME_OF[model], lambda who: relation.at(model, who, now))
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


def recipients_not_asked(model: type[Resource]) -> Related[NotAskedRow]:
    """The recipients of a resource (`KEY`) who are not asked, as related rows of its page."""
    unable = unheard(model, KEY, ME, NOW)
    return related(NotAskedRow, select(unable.c.name), order=lambda row: row.name)


def parties_not_asked() -> Related[NotAskedRow]:
    """The parties of a commitment (`KEY`) who are not asked, as related rows of its page."""
    return related(NotAskedRow, unheard_parties(KEY, NOW), order=lambda row: row.name)


def unheard(model: type[Resource], key: Key, who: Key, now: When) -> Any:
    """The recipients of a resource who are not asked, for nobody there can respond, as a subquery.

    One column, `name`. Of recipients that the reader may not know of nothing is said.
    """
    parts = [unheard_parties(key, now)] if model is Commitment else []
    for word, (resource_type, nobody_there) in silent(now).items():
        column, name = LINES[word]
        rows = (
            select(name.label("name"))
            .join(Recipient, column == resource_type.model.id)
            .where(
                getattr(Recipient, recipient_column(model)) == key,
                ~Recipient.excepted,
                predicate(resource_type, READ, who, now),
                nobody_there,
            )
        )
        parts.append(rows)
    return union_all(*parts).subquery()


def unheard_parties(key: Key, now: When) -> Select[str]:
    """The counterpart and the verifier for whom nobody could answer, as a select of `name`.

    Whoever answers for one speaks for it and would read the commitment once it is proposed.
    """
    able = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == Organisation.id,
            SPEAKS.at(Organisation, Person.id, now),
            stands(COMMITMENTS, AUDIENCE_RULES[COMMITMENTS.name].readers, key, now),
        )
        .limit(at_most(1))
        .correlate(Organisation)
        .scalar_subquery()
    )
    sides = (Commitment.addressee_id, Commitment.verifier_id)
    parties = union(*(select(side).where(Commitment.id == key) for side in sides))
    return select(Organisation.name.label("name")).where(
        Organisation.id.in_(parties), able.is_(None)
    )
