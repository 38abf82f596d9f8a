"""What hangs on a commitment, by word, brought by one query that has the same columns for all.

milestone, statement, evidence, tag: for every reader. terms, asked (amendments), unheard (the
counterpart or verifier for whom nobody can answer): for the parties.
on, from: the conditions; the far end is named only to whoever may read it. `hidden` says that there
is a condition on a commitment that is not shown: one row however many there are, and nothing else.
record: the minutes that it comes from, for whoever may read them and know whose action it was.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, exists, func, not_, or_
from sqlalchemy.orm import Session

from models.commitments import (
    Amendment,
    Commitment,
    Condition,
    Evidence,
    Milestone,
    Sort,
    Statement,
    Terms,
)
from models.norms import NormTag
from models.records import Action, Record
from models.stakeholders import Organisation, Person
from portal.access import Actor, answer, clause, part
from portal.addressing import unheard_parties
from portal.db import spelled_out
from portal.policy_sql import SOME
from portal.rules import COMMITMENTS, OVER, READ, READ_TEXT, RECORDS
from portal.things import NOTHING, brought, thing

MOST = 300
OTHER = SOME[COMMITMENTS.name]


def things_of(
    session: Session, actor: Actor, commitment: Commitment, inside: bool, now: datetime
) -> dict[str, list[Any]]:
    """All that hangs on the commitment, by word; `inside` adds what is the parties' alone."""
    key = commitment.id
    seen = {model: part(model, actor.person_id, now) for model in (Statement, Evidence, NormTag)}
    parts = [_milestones(key), _statements(key).where(seen[Statement])]
    parts += [_evidence(key).where(seen[Evidence]), _tags(key, seen[NormTag])]
    parts += [_conditions(actor, key, now), _dependants(actor, key, now), _hidden(actor, key, now)]
    parts += [_record(actor, key, now)]
    if inside:
        parts += [_terms(key), _asked(key)]
        if commitment.state not in OVER:
            parts += [_unheard(commitment, now)]
    return brought(session, parts, MOST)


def _unheard(commitment: Commitment, now: datetime) -> Any:
    silent = unheard_parties(commitment, now).subquery()
    return thing("unheard", text=silent.c.name)


def _milestones(key: int) -> Any:
    return (
        thing(
            "milestone",
            Milestone.met_at.is_not(None),
            key=Milestone.number,
            at=Milestone.due_at,
            until=Milestone.reported_at,
            text=Milestone.title,
            more=cast(Milestone.due_on, String),
            size=Milestone.weight,
        )
        .where(Milestone.commitment_id == key)
        .order_by(Milestone.number.desc())
    )


def _statements(key: int) -> Any:
    return (
        thing(
            "statement",
            Statement.stopped,
            key=Statement.id,
            at=Statement.at,
            text=Statement.words,
            kind=Statement.voice,
            who=Organisation.name,
            person=Person.name,
            more=Statement.step,
            size=func.coalesce(Milestone.number, 0),
            link=func.coalesce(Milestone.title, ""),
        )
        .join(Organisation, Organisation.id == Statement.organisation_id)
        .join(Person, Person.id == Statement.by_id)
        .outerjoin(Milestone, Milestone.id == Statement.milestone_id)
        .where(Statement.commitment_id == key)
        .order_by(Statement.id.desc())
    )


def _evidence(key: int) -> Any:
    return (
        thing(
            "evidence",
            Evidence.replaced_by_id.is_not(None),
            key=Evidence.id,
            at=Evidence.added_at,
            until=Evidence.expires_at,
            text=Evidence.title,
            kind=func.coalesce(Evidence.media_type, ""),
            who=Organisation.name,
            person=Person.name,
            ref=Evidence.ref,
            more=Evidence.sha256,
            link=func.coalesce(Evidence.link, ""),
            size=func.coalesce(Evidence.size, 0),
        )
        .join(Organisation, Organisation.id == Evidence.organisation_id)
        .join(Person, Person.id == Evidence.added_by_id)
        .where(Evidence.commitment_id == key)
        .order_by(Evidence.id.desc())
    )


def _tags(key: int, seen: Any) -> Any:
    return (
        thing(
            "tag",
            key=NormTag.id,
            at=NormTag.at,
            text=case((seen, NormTag.reason), else_=NOTHING),
            kind=NormTag.norm,
            person=Person.name,
        )
        .join(Person, Person.id == NormTag.by_id)
        .where(NormTag.commitment_id == key)
        .order_by(NormTag.id)
    )


def _far_end(what: str, actor: Actor, now: datetime) -> Any:
    titled = clause(COMMITMENTS, READ_TEXT, actor.person_id, now, some=True)
    return thing(
        what,
        key=Condition.id,
        at=Condition.turns_at,
        until=OTHER.due_at,
        text=case((titled, OTHER.title), else_=NOTHING),
        kind=Condition.sort,
        ref=OTHER.ref,
        more=OTHER.state,
        size=Condition.days,
        link=OTHER.zone,
        tlp=OTHER.tlp,
    ).where(clause(COMMITMENTS, READ, actor.person_id, now, some=True))


def _waits_for(key: int) -> Any:
    # The far end of what this one hangs on; those that begin together hang on one another.
    back = and_(
        spelled_out(Condition.sort, Sort.TOGETHER),
        Condition.on_id == key,
        OTHER.published_at.is_not(None),
    )
    return or_(
        and_(Condition.commitment_id == key, OTHER.id == Condition.on_id),
        and_(back, OTHER.id == Condition.commitment_id),
    )


def _conditions(actor: Actor, key: int, now: datetime) -> Any:
    return _far_end("on", actor, now).join(OTHER, _waits_for(key)).order_by(Condition.id)


def _dependants(actor: Actor, key: int, now: datetime) -> Any:
    return (
        _far_end("from", actor, now)
        .join(OTHER, OTHER.id == Condition.commitment_id)
        .where(Condition.on_id == key, Condition.sort != Sort.TOGETHER)
        .order_by(Condition.id)
    )


def _hidden(actor: Actor, key: int, now: datetime) -> Any:
    seen = clause(COMMITMENTS, READ, actor.person_id, now, some=True)
    unseen = exists().where(and_(_waits_for(key), not_(answer(seen))))
    return thing("hidden").where(unseen)


def _record(actor: Actor, key: int, now: datetime) -> Any:
    return (
        thing("record", key=Action.id, ref=Record.ref, text=Record.title)
        .join(Record, Record.id == Action.record_id)
        .where(
            Action.commitment_id == key,
            clause(RECORDS, READ_TEXT, actor.person_id, now),
            part(Action, actor.person_id, now),
        )
    )


def _terms(key: int) -> Any:
    return (
        thing("terms", key=Terms.number, at=Terms.at, text=Terms.why, person=Person.name)
        .join(Person, Person.id == Terms.by_id)
        .where(Terms.commitment_id == key)
        .order_by(Terms.number.desc())
    )


def _asked(key: int) -> Any:
    return (
        thing(
            "asked",
            Amendment.answered_at.is_(None),
            key=Amendment.id,
            at=Amendment.at,
            until=Amendment.answered_at,
            text=Amendment.why,
            kind=Amendment.sort,
            who=Organisation.name,
            person=Person.name,
            more=Amendment.answer,
        )
        .join(Organisation, Organisation.id == Amendment.organisation_id)
        .join(Person, Person.id == Amendment.by_id)
        .where(Amendment.commitment_id == key)
        .order_by(Amendment.id.desc())
    )
