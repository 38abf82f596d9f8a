"""Reading one commitment: its terms, and all that is related to it, in two queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, exists, select
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.stakeholders import Organisation, Person
from portal.access import Actor, as_column, granted, predicate, verbs_of
from portal.commitments.related import RelatedRows, related_rows
from portal.db import alias
from portal.errors import NotFound, Refused
from portal.ladders import last_reminder
from portal.ledger import audit
from portal.parameters import ME, NOTHING, NOW, REF, ready
from portal.policy_sql import SOME
from portal.relations import member
from portal.rules import COMMITMENTS, ORGANISATIONS, PROCESSES, READ, READ_TERMS, READ_TEXT
from portal.rules.verbs import DRAFT_DIALOGUE

PROMISOR, ADDRESSEE, VERIFIER, ASKED = (alias(Organisation) for _ in range(4))
PARTIES = {"promisor": PROMISOR, "addressee": ADDRESSEE, "verifier": VERIFIER}


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one commitment; without `text` only the envelope is shown.

    `may_convene` is whether they may prepare a dialogue for some organisation. `yours` are the
    parts that organisations of this person have: promisor, addressee, verifier. `reminded_at` is
    when somebody was last reminded of it by hand.
    """

    commitment: Commitment
    promisor: str
    addressee: str
    verifier: str | None
    asked: str | None
    author: str
    process: tuple[str, str] | None
    yours: frozenset[str]
    verbs: frozenset[str]
    may_convene: bool
    text: bool
    related: RelatedRows
    reminded_at: datetime | None


def read(
    session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ, **detail: str
) -> Reading:
    """One commitment as this person may see it; that it was read goes into the trail.

    To be taken along it is read with the verb EXPORT, and `format` as detail of the trail. Raises
    NotFound when it is absent or hidden, Refused when the verb is not this person's.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(COMMITMENTS, row)
    if row is None or READ not in verbs:
        raise NotFound(ref)
    if verb not in verbs:
        raise Refused(verb)
    commitment, shown = row.Commitment, READ_TEXT in verbs
    audit(session, actor, verb, COMMITMENTS, commitment, now, **detail)
    inside = READ_TERMS in verbs
    rows = related_rows(session, actor, commitment, inside, now) if shown else RelatedRows()
    process = (row.process_ref, row.process_name) if row.process_ref else None
    return Reading(
        commitment,
        promisor=row.promisor,
        addressee=row.addressee,
        verifier=row.verifier,
        asked=row.asked,
        author=row.author,
        process=process,
        yours=frozenset(name for name in PARTIES if getattr(row, f"your_{name}")),
        verbs=verbs,
        may_convene=row.may_convene,
        text=shown,
        related=rows,
        reminded_at=row.reminded_at,
    )


def _question() -> Any:
    process = SOME[PROCESSES.name]
    known = predicate(PROCESSES, READ, ME, NOW, some=True)
    return (
        select(
            Commitment,
            PROMISOR.name.label("promisor"),
            ADDRESSEE.name.label("addressee"),
            VERIFIER.name.label("verifier"),
            ASKED.name.label("asked"),
            Person.name.label("author"),
            case((known, process.ref), else_=NOTHING).label("process_ref"),
            case((known, process.cover_name), else_=NOTHING).label("process_name"),
            _may_convene().label("may_convene"),
            last_reminder(COMMITMENTS).label("reminded_at"),
            *_yours(),
            *granted(COMMITMENTS, ME, NOW),
        )
        .join(PROMISOR, PROMISOR.id == Commitment.organisation_id)
        .join(ADDRESSEE, ADDRESSEE.id == Commitment.addressee_id)
        .outerjoin(VERIFIER, VERIFIER.id == Commitment.verifier_id)
        .outerjoin(ASKED, ASKED.id == Commitment.asked_id)
        .outerjoin(process, process.id == Commitment.process_id)
        .join(Person, Person.id == Commitment.author_id)
        .where(Commitment.ref == REF)
    )


def _may_convene() -> Any:
    somewhere = predicate(ORGANISATIONS, DRAFT_DIALOGUE, ME, NOW)
    return as_column(exists(select(Organisation.id).where(somewhere)))


def _yours() -> list[Any]:
    return [
        as_column(member.at(home, ME, NOW)).label(f"your_{name}") for name, home in PARTIES.items()
    ]


QUESTION: Final = ready(_question())
