"""Which claims and rows of harm go out: each that the person may export, noted in the trail.

One claim takes the claim that it answers along, where that may be exported too: a denial says
nothing without it. All of a file comes in one question: keys of what the policy lets out, and what
belongs to each of them beside it.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from models.claims import Claim, ClaimReply, ClaimState, QuotedReply
from models.harm import Harm, HarmState
from models.notices import Indicator, Notice, NoticeTag
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal.access import Actor, beside_read, readable
from portal.claims import Quoted, QuotedSort
from portal.claims import text_of as claim_text
from portal.db import in_state
from portal.errors import NotFound, Refused
from portal.exchange.said import Home, OutClaim, OutHarm, Reply, Said, goes_as_misp
from portal.exchange.writing import Outgoing, text_changed_at
from portal.harm import text_of as harm_text
from portal.ledger import at_once, transition
from portal.parameters import KEY, ME, NOW, REF, at_most, ready
from portal.receipts import export_of_many
from portal.rules import CLAIMS, EXPORT, HARM, NOTICES

MOST: Final = 200
CLAIM, OF_HARM, SIGN, TAG, HOME = "claim", "harm", "sign", "tag", "home"
Keys = Select[tuple[str, int, str]]


def claim_out(session: Session, actor: Actor, ref: str, now: datetime, made_as: str) -> Said:
    """One claim; raises NotFound where it is absent, hidden or not theirs to export.

    What is TLP:RED does not go out as MISP.
    """
    said = _said(session, actor, _rows(session, actor, ONE_CLAIM, ref, now), now, made_as)
    if ref not in {one.ref for one in said.claims}:
        raise NotFound(ref)
    return said


def harm_out(session: Session, actor: Actor, ref: str, now: datetime, made_as: str) -> Said:
    """One row of harm; raises what `claim_out` raises."""
    said = _said(session, actor, _rows(session, actor, ONE_HARM, ref, now), now, made_as)
    if not said.harm:
        raise NotFound(ref)
    return said


def export_together(
    session: Session, actor: Actor, ref: str, now: datetime, made_as: str
) -> tuple[Outgoing, Said]:
    """A notice with the claims and harm on it that the person may export; all of it is audited.

    Raises what `portal.exchange.export` raises.
    """
    with at_once(session):
        with transition(session, actor, EXPORT, NOTICES, ref, now, format=made_as) as notice:
            if not goes_as_misp(notice.tlp) and made_as == "misp":
                raise Refused(EXPORT)
        rows = _rows(session, actor, ON_NOTICE, notice.id, now)
        said = _said(session, actor, rows, now, made_as)
        changed_at = text_changed_at(session, notice)
    signs = dict.fromkeys(row.Indicator for row in rows if row.Indicator is not None)
    tags = [row.words for row in rows if row.what == TAG]
    home = next(row.home for row in rows if row.what == HOME)
    return Outgoing(notice, home, list(signs), tags, changed_at), said


def _rows(
    session: Session, actor: Actor, question: Any, of: str | int, now: datetime
) -> Sequence[Any]:
    name = REF.key if isinstance(of, str) else KEY.key
    return session.execute(question, {ME.key: actor.person_id, NOW.key: now, name: of}).all()


def _said(session: Session, actor: Actor, rows: Sequence[Any], now: datetime, made_as: str) -> Said:
    rows = [row for row in rows if made_as != "misp" or goes_as_misp(_tlp(row))]
    claims = {row.Claim.id: row for row in rows if row.Claim is not None}
    harm = {row.Harm.id: row for row in rows if row.Harm is not None}
    if claims:
        taken = [(key, row.Claim.edition) for key, row in claims.items()]
        export_of_many(session, actor, CLAIMS, taken, now, made_as=made_as)
    if harm:
        taken = [(key, row.Harm.edition) for key, row in harm.items()]
        export_of_many(session, actor, HARM, taken, now, made_as=made_as)
    refs = {key: row.Claim.ref for key, row in claims.items()}
    beside: dict[int, list[Any]] = {}
    for row in rows:
        if row.Claim is not None:
            beside.setdefault(row.Claim.id, []).append(row)
    return Said(
        [_with(_claim(row, refs), beside[key]) for key, row in claims.items()],
        [_harm(row) for row in harm.values()],
    )


def _tlp(row: Any) -> str:
    one = row.Claim if row.Claim is not None else row.Harm
    return Tlp.CLEAR if one is None else str(one.tlp)


def _with(claim: OutClaim, rows: list[Any]) -> OutClaim:
    """The claim with the replies and quotations that stand beside it in these rows."""
    given = {row.ClaimReply.id: row for row in rows if row.ClaimReply is not None}
    held = {row.QuotedReply.id: row.QuotedReply for row in rows if row.QuotedReply is not None}
    quoted = [Quoted(**{name: getattr(held[key], name) for name in QUOTED}) for key in sorted(held)]
    gone = claim.revoked or any(one.sort == QuotedSort.WITHDRAWAL for one in quoted)
    return replace(
        claim,
        replies=[_reply(given[key]) for key in sorted(given)],
        quoted=quoted,
        revoked=gone,
    )


def _reply(row: Any) -> Reply:
    return Reply(row.replier, row.ClaimReply.edition, row.ClaimReply.at, row.ClaimReply.text)


def _claim(row: Any, refs: dict[int, str]) -> OutClaim:
    claim = row.Claim
    text = claim_text(claim)
    if claim.about_id is not None:
        text = replace(text, about=row.named or text.about)
    return OutClaim(
        claim.ref,
        _home(row),
        replace(text, about_id=None, notice_id=None, answers_id=None),
        claim.edition,
        claim.state == ClaimState.WITHDRAWN,
        claim.created_at,
        claim.changed_at,
        refs.get(claim.answers_id or 0, ""),
        withdrawn_at=claim.ended_at,
        withdrawn_why=claim.ended_reason,
    )


def _harm(row: Any) -> OutHarm:
    harm = row.Harm
    text = replace(
        harm_text(harm),
        notice_id=None,
        who=harm.who or row.home.name,
        said_by=harm.said_by or row.home.name,
    )
    gone = harm.state == HarmState.WITHDRAWN
    return OutHarm(harm.ref, _home(row), text, harm.edition, gone, harm.created_at, harm.changed_at)


def _home(row: Any) -> Home:
    return Home(row.home.ref, row.home.name, row.home.created_at)


def _of_claims(where: Any) -> Keys:
    may = beside_read(CLAIMS, EXPORT, ME, NOW)
    found = readable(CLAIMS, *_key(CLAIM, Claim.id)).where(where, may)
    return found.order_by(Claim.said_at, Claim.id).limit(at_most(MOST))


def _of_harm(where: Any) -> Keys:
    may = beside_read(HARM, EXPORT, ME, NOW)
    found = readable(HARM, *_key(OF_HARM, Harm.id)).where(where, may)
    return found.order_by(Harm.from_on, Harm.id).limit(at_most(MOST))


def _key(what: str, key: Any, words: Any = "") -> tuple[Any, ...]:
    said = literal(words) if isinstance(words, str) else words
    return literal(what).label("what"), key.label("key"), said.label("words")


def _one_claim() -> Keys:
    denial = aliased(Claim)
    answered = select(denial.answers_id).where(denial.ref == REF)
    return _of_claims(or_(Claim.ref == REF, Claim.id.in_(answered)))


def _of_notice() -> tuple[Keys, ...]:
    home: Keys = select(*_key(HOME, Notice.organisation_id)).where(Notice.id == KEY)
    signs: Keys = select(*_key(SIGN, Indicator.id)).where(Indicator.notice_id == KEY)
    tags: Keys = select(*_key(TAG, NoticeTag.notice_id, NoticeTag.tag)).where(
        NoticeTag.notice_id == KEY
    )
    return home, signs, tags


def _question(*arms: Keys) -> Any:
    """All that belongs to these keys, in one statement.

    What is quoted stands beside the first reply only, so that rows add up and do not multiply.
    """
    keys = union_all(*(select(*arm.subquery().c) for arm in arms)).subquery("gathered")
    what, key = keys.c.what, keys.c.key
    home, named, replier, other = (
        aliased(Organisation, name="home"),
        aliased(Organisation),
        aliased(Organisation),
        aliased(ClaimReply),
    )
    first = select(func.min(other.id)).where(other.claim_id == Claim.id).scalar_subquery()
    beside_first = func.coalesce(ClaimReply.id, 0) == func.coalesce(first, 0)
    its_home = func.coalesce(Claim.organisation_id, Harm.organisation_id, case((what == HOME, key)))
    return ready(
        select(
            what,
            keys.c.words,
            Claim,
            Harm,
            Indicator,
            home,
            named.name.label("named"),
            ClaimReply,
            replier.name.label("replier"),
            QuotedReply,
        )
        .select_from(keys)
        .outerjoin(Claim, and_(what == CLAIM, Claim.id == key))
        .outerjoin(Harm, and_(what == OF_HARM, Harm.id == key))
        .outerjoin(Indicator, and_(what == SIGN, Indicator.id == key))
        .outerjoin(home, home.id == its_home)
        .outerjoin(named, named.id == Claim.about_id)
        .outerjoin(ClaimReply, ClaimReply.claim_id == Claim.id)
        .outerjoin(replier, replier.id == ClaimReply.organisation_id)
        .outerjoin(QuotedReply, and_(QuotedReply.claim_id == Claim.id, beside_first))
        .order_by(what, Claim.said_at, Claim.id, Harm.from_on, Harm.id, Indicator.id, keys.c.words)
    )


QUOTED: Final = tuple(each.name for each in fields(Quoted))
ONE_CLAIM: Final = _question(_one_claim())
ONE_HARM: Final = _question(_of_harm(Harm.ref == REF))
ON_NOTICE: Final = _question(
    _of_claims(and_(Claim.notice_id == KEY, in_state(Claim, ClaimState.PUBLISHED))),
    _of_harm(and_(Harm.notice_id == KEY, in_state(Harm, HarmState.PUBLISHED))),
    *_of_notice(),
)
