"""Reading one claim: its text and all that stands beside it, in two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased

from models.claims import Claim, ClaimReply, ClaimVersion, QuotedReply
from models.notices import Notice
from models.stakeholders import Organisation, Person
from portal.access import Actor, as_column, beside_read, granted, predicate, readable, verbs_of
from portal.claims.quoted import QuotedRow, quoted_rows
from portal.errors import NotFound
from portal.ledger import audit
from portal.parameters import KEY, ME, NOTHING, NOW, REF, ready
from portal.recipients import NotAskedRow, recipients_not_asked
from portal.related import Related, Together, related
from portal.rules import (
    CLAIMS,
    EXPORT,
    NOTICES,
    ORGANISATIONS,
    POST_CLAIM,
    READ,
    READ_LEDGER,
    READ_TEXT,
)

MOST: Final = 200


@dataclass(frozen=True)
class ReplyRow:
    """A reply of whom the claim names, to one of its versions (0 before it was published)."""

    id: int
    edition: int
    organisation: str
    at: datetime
    text: str


@dataclass(frozen=True)
class VersionRow:
    """A published version; `why` is shown of the present one, and of all to its own side."""

    number: int
    at: datetime
    person: str
    why: str


@dataclass(frozen=True)
class BesideRow:
    """A claim that answers this one."""

    id: int
    ref: str
    tlp: str
    stance: str
    said_on: str
    title: str
    claimant: str


@dataclass(frozen=True)
class AnsweredRow:
    """The claim that this one answers."""

    id: int
    ref: str
    tlp: str
    title: str


@dataclass(frozen=True)
class NoticeRow:
    """The notice that the claim rests on."""

    id: int
    ref: str
    tlp: str
    title: str


@dataclass(frozen=True)
class MayPostRow:
    """Whether there is an organisation for which the reader may post a claim."""

    may_post: bool


@dataclass(frozen=True)
class RelatedRows:
    """All that stands beside a claim, as far as the reader sees it."""

    replies: Sequence[ReplyRow] = ()
    quoted: Sequence[QuotedRow] = ()
    versions: Sequence[VersionRow] = ()
    beside: Sequence[BesideRow] = ()
    answered: Sequence[AnsweredRow] = ()
    notice: Sequence[NoticeRow] = ()
    not_asked: Sequence[NotAskedRow] = ()
    may_post: bool = False


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one claim; without `text` only the envelope is shown.

    `claimant` is whoever claims, `named` whom it is about (empty where nobody is named).
    """

    claim: Claim
    organisation: str
    author: str
    claimant: str
    named: str
    verbs: frozenset[str]
    text: bool
    related: RelatedRows


def claimant() -> Any:
    """Who claims, as SQL beside the organisation that keeps the claim."""
    return case((Claim.claimant != "", Claim.claimant), else_=Organisation.name)


def read(session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ) -> Reading:
    """One claim as this person may see it; the reading or export goes into the trail.

    Raises NotFound when it is absent or hidden, or when it may not be exported.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(CLAIMS, row)
    if row is None or not {READ, verb} <= verbs:
        raise NotFound(ref)
    claim, shown = row.Claim, READ_TEXT in verbs
    detail = {"format": "csv"} if verb == EXPORT else {}
    audit(session, actor, verb, CLAIMS, claim, now, **detail)
    related_to = _related(session, actor, claim, READ_LEDGER in verbs, now) if shown else None
    return Reading(
        claim,
        row.organisation,
        row.author,
        claimant=row.claimant,
        named=row.named,
        verbs=verbs,
        text=shown,
        related=related_to or RelatedRows(),
    )


def _related(session: Session, actor: Actor, claim: Claim, own: bool, now: datetime) -> RelatedRows:
    together = FOR_OWN_SIDE if own else FOR_READERS
    rows = together.load(session, {ME.key: actor.person_id, NOW.key: now, KEY.key: claim.id})
    return RelatedRows(
        replies=rows[ReplyRow],
        quoted=rows[QuotedRow],
        versions=rows[VersionRow],
        beside=rows[BesideRow],
        answered=rows[AnsweredRow],
        notice=rows[NoticeRow],
        not_asked=rows[NotAskedRow],
        may_post=any(row.may_post for row in rows[MayPostRow]),
    )


def may_post_question() -> Select[Any]:
    """Whether there is an organisation for which the person may post a claim, as one row."""
    posts = predicate(ORGANISATIONS, POST_CLAIM, ME, NOW)
    one = readable(ORGANISATIONS, Organisation.id).where(posts).exists()
    return select(as_column(one).label("may_post"))


def may_post_row() -> Related[MayPostRow]:
    """The same, beside other rows."""
    return related(MayPostRow, may_post_question(), attrgetter("may_post"))


def _question() -> Select[*tuple[Any, ...]]:
    named = aliased(Organisation)
    return (
        select(
            Claim,
            Organisation.name.label("organisation"),
            Person.name.label("author"),
            claimant().label("claimant"),
            func.coalesce(named.name, Claim.about).label("named"),
            *granted(CLAIMS, ME, NOW),
        )
        .join(Organisation, Organisation.id == Claim.organisation_id)
        .join(Person, Person.id == Claim.author_id)
        .outerjoin(named, named.id == Claim.about_id)
        .where(Claim.ref == REF)
    )


def _replies() -> Related[ReplyRow]:
    question = (
        select(
            ClaimReply.id,
            ClaimReply.edition,
            Organisation.name.label("organisation"),
            ClaimReply.at,
            ClaimReply.text,
        )
        .join(Organisation, Organisation.id == ClaimReply.organisation_id)
        .where(ClaimReply.claim_id == KEY)
        .order_by(ClaimReply.id)
    )
    return related(ReplyRow, question)


def _versions() -> Related[VersionRow]:
    # Why an earlier version was made was said to its readers, who need not be those of today.
    told = ClaimVersion.number == Claim.edition
    told = told | predicate(CLAIMS, READ_LEDGER, ME, NOW)
    question = (
        select(
            ClaimVersion.number,
            ClaimVersion.at,
            Person.name.label("person"),
            case((told, ClaimVersion.why), else_=NOTHING).label("why"),
        )
        .join(Person, Person.id == ClaimVersion.by_id)
        .join(Claim, Claim.id == ClaimVersion.claim_id)
        .where(ClaimVersion.claim_id == KEY)
        .order_by(ClaimVersion.number)
    )
    return related(VersionRow, question, order=lambda row: row.number)


def _beside() -> Related[BesideRow]:
    columns = (
        Claim.id,
        Claim.ref,
        Claim.tlp,
        Claim.stance,
        Claim.said_on,
        Claim.title,
        claimant().label("claimant"),
    )
    question: Any = (
        readable(CLAIMS, *columns)
        .join(Organisation, Organisation.id == Claim.organisation_id)
        .where(Claim.answers_id == KEY, beside_read(CLAIMS, READ_TEXT, ME, NOW))
        .order_by(Claim.said_at, Claim.id)
    )
    return related(BesideRow, question, order=lambda row: (row.said_on, row.id))


def _answered() -> Related[AnsweredRow]:
    denial = aliased(Claim)
    this = select(denial.answers_id).where(denial.id == KEY).scalar_subquery()
    question: Any = readable(CLAIMS, Claim.id, Claim.ref, Claim.tlp, Claim.title).where(
        Claim.id == this, beside_read(CLAIMS, READ_TEXT, ME, NOW)
    )
    return related(AnsweredRow, question)


def _notice() -> Related[NoticeRow]:
    # Whoever may not read the notice does not learn that the claim rests on it.
    this = select(Claim.notice_id).where(Claim.id == KEY).scalar_subquery()
    question: Any = readable(NOTICES, Notice.id, Notice.ref, Notice.tlp, Notice.title).where(
        Notice.id == this, beside_read(NOTICES, READ_TEXT, ME, NOW)
    )
    return related(NoticeRow, question)


QUESTION: Final = ready(_question())
TO_READERS: Final = (
    _replies(),
    quoted_rows(QuotedReply.claim_id == KEY),
    _versions(),
    _beside(),
    _answered(),
    _notice(),
    may_post_row(),
)
FOR_READERS: Final = Together(TO_READERS, MOST).completed()
FOR_OWN_SIDE: Final = Together((*TO_READERS, recipients_not_asked(Claim)), MOST).completed()
