"""Which claims and rows of harm go out: each that the person may export, noted in the trail.

One claim takes the claim that it answers along, where that may be exported too: a denial says
nothing without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Integer, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from models.base import Resource
from models.claims import Claim, ClaimReply, ClaimState, QuotedReply
from models.harm import Harm, HarmState
from models.stakeholders import Organisation
from portal.access import Actor, beside_read, readable
from portal.claims import Quoted, QuotedSort
from portal.claims import text_of as claim_text
from portal.db import in_state
from portal.errors import NotFound
from portal.exchange.said import Home, OutClaim, OutHarm, Reply, Said, goes_as_misp
from portal.harm import text_of as harm_text
from portal.parameters import KEY, ME, NOW, REF, ready
from portal.receipts import export_of_many
from portal.related import Together, related
from portal.rules import CLAIMS, EXPORT, HARM, ResourceType

MOST: Final = 200
MOST_REPLIES: Final = 10_000
THEIR_KEYS: Final[BindParameter[int]] = bindparam("their_keys", type_=Integer(), expanding=True)


@dataclass(frozen=True)
class ReplyRow:
    """A reply that was given here, of the claim with this key."""

    id: int
    claim_id: int
    organisation: str
    edition: int
    at: datetime
    text: str


@dataclass(frozen=True)
class QuotedRow(Quoted):
    """What is quoted with the claim with this key."""

    id: int = 0
    claim_id: int = 0


def claim_out(session: Session, actor: Actor, ref: str, now: datetime, made_as: str) -> Said:
    """One claim; raises NotFound where it is absent, hidden or not theirs to export.

    What is TLP:RED does not go out as MISP.
    """
    claims = _claims(session, actor, ONE_CLAIM, {REF.key: ref}, now, made_as)
    if ref not in {one.ref for one in claims}:
        raise NotFound(ref)
    return Said(claims=claims)


def harm_out(session: Session, actor: Actor, ref: str, now: datetime, made_as: str) -> Said:
    """One row of harm; raises what `claim_out` raises."""
    rows = _harm(session, actor, ONE_HARM, {REF.key: ref}, now, made_as)
    if not rows:
        raise NotFound(ref)
    return Said(harm=rows)


def said_on(session: Session, actor: Actor, notice_id: int, now: datetime, made_as: str) -> Said:
    """All on a notice that the person may read and export; who may the notice asks the caller."""
    about = {KEY.key: notice_id}
    return Said(
        _claims(session, actor, CLAIMS_ON, about, now, made_as),
        _harm(session, actor, HARM_ON, about, now, made_as),
    )


def _claims(
    session: Session, actor: Actor, question: Any, about: dict[str, Any], now: datetime, made: str
) -> list[OutClaim]:
    rows = _taken(session, actor, CLAIMS, question, about, now, made)
    to: dict[int, list[Reply]] = {}
    quoted: dict[int, list[Quoted]] = {}
    if rows:
        beside = REPLIES.load(session, {THEIR_KEYS.key: [row.Claim.id for row in rows]})
        for said in beside[ReplyRow]:
            reply = Reply(said.organisation, said.edition, said.at, said.text)
            to.setdefault(said.claim_id, []).append(reply)
        for one in beside[QuotedRow]:
            held = Quoted(**{each.name: getattr(one, each.name) for each in fields(Quoted)})
            quoted.setdefault(one.claim_id, []).append(held)
    refs = {row.Claim.id: row.Claim.ref for row in rows}
    return [
        _with(_claim(row, refs), to.get(row.Claim.id, []), quoted.get(row.Claim.id, []))
        for row in rows
    ]


def _with(claim: OutClaim, replies: list[Reply], quoted: list[Quoted]) -> OutClaim:
    gone = claim.revoked or any(one.sort == QuotedSort.WITHDRAWAL for one in quoted)
    return replace(claim, replies=replies, quoted=quoted, revoked=gone)


def _claim(row: Any, refs: dict[int, str]) -> OutClaim:
    claim = row.Claim
    text = claim_text(claim)
    if claim.about_id is not None:
        text = replace(text, about=row.named or text.about)
    return OutClaim(
        claim.ref,
        Home(row.home, row.organisation, row.since),
        replace(text, about_id=None, notice_id=None, answers_id=None),
        claim.edition,
        claim.state == ClaimState.WITHDRAWN,
        claim.created_at,
        claim.changed_at,
        refs.get(claim.answers_id or 0, ""),
        withdrawn_at=claim.ended_at,
        withdrawn_why=claim.ended_reason,
    )


def _harm(
    session: Session, actor: Actor, question: Any, about: dict[str, Any], now: datetime, made: str
) -> list[OutHarm]:
    return [
        OutHarm(
            row.Harm.ref,
            Home(row.home, row.organisation, row.since),
            replace(
                harm_text(row.Harm),
                notice_id=None,
                who=row.Harm.who or row.organisation,
                said_by=row.Harm.said_by or row.organisation,
            ),
            row.Harm.edition,
            row.Harm.state == HarmState.WITHDRAWN,
            row.Harm.created_at,
            row.Harm.changed_at,
        )
        for row in _taken(session, actor, HARM, question, about, now, made)
    ]


def _taken(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    question: Any,
    about: dict[str, Any],
    now: datetime,
    made_as: str,
) -> Sequence[Any]:
    rows = session.execute(question, {ME.key: actor.person_id, NOW.key: now, **about}).all()
    if made_as == "misp":
        rows = [row for row in rows if goes_as_misp(row[0].tlp)]
    if rows:
        taken = ((row[0].id, row[0].edition) for row in rows)
        export_of_many(session, actor, resource_type, taken, now, made_as=made_as)
    return rows


def _replies() -> Together:
    given = (
        select(
            ClaimReply.id,
            ClaimReply.claim_id,
            Organisation.name.label("organisation"),
            ClaimReply.edition,
            ClaimReply.at,
            ClaimReply.text,
        )
        .join(Organisation, Organisation.id == ClaimReply.organisation_id)
        .where(ClaimReply.claim_id.in_(THEIR_KEYS))
        .order_by(ClaimReply.id)
    )
    names = tuple(each.name for each in fields(QuotedRow))
    quoted: Any = select(*(getattr(QuotedReply, name) for name in names)).where(
        QuotedReply.claim_id.in_(THEIR_KEYS)
    )
    every = (related(ReplyRow, given), related(QuotedRow, quoted.order_by(QuotedReply.id)))
    return Together(every, MOST_REPLIES).completed()


def _home() -> tuple[Any, ...]:
    return (
        Organisation.ref.label("home"),
        Organisation.name.label("organisation"),
        Organisation.created_at.label("since"),
    )


def _of_claims(where: Any) -> Any:
    named = aliased(Organisation)
    question = (
        readable(CLAIMS, Claim, *_home(), named.name.label("named"))
        .join(Organisation, Organisation.id == Claim.organisation_id)
        .outerjoin(named, named.id == Claim.about_id)
        .where(where, beside_read(CLAIMS, EXPORT, ME, NOW))
    )
    return ready(question.order_by(Claim.said_at, Claim.id).limit(MOST))


def _one_claim() -> Any:
    denial = aliased(Claim)
    answered = select(denial.answers_id).where(denial.ref == REF)
    return _of_claims(or_(Claim.ref == REF, Claim.id.in_(answered)))


def _of_harm(where: Any) -> Any:
    question = (
        readable(HARM, Harm, *_home())
        .join(Organisation, Organisation.id == Harm.organisation_id)
        .where(where, beside_read(HARM, EXPORT, ME, NOW))
    )
    return ready(question.order_by(Harm.from_on, Harm.id).limit(MOST))


REPLIES: Final = _replies()
ONE_CLAIM: Final = _one_claim()
CLAIMS_ON: Final = _of_claims(and_(Claim.notice_id == KEY, in_state(Claim, ClaimState.PUBLISHED)))
ONE_HARM: Final = _of_harm(Harm.ref == REF)
HARM_ON: Final = _of_harm(and_(Harm.notice_id == KEY, in_state(Harm, HarmState.PUBLISHED)))
