"""What is measured: pages of notices, of commitments, of a large poll, and those that show all."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, Condition
from models.notices import Notice
from models.signins import SignIn
from portal import commitments, notices
from portal.access import Actor, predicate
from portal.db import make_sessions, reading
from portal.presence import key_hash
from portal.rules import COMMITMENTS, READ_TEXT
from tools.bench import polls
from tools.bench.cast import SOMEBODY, STRANGER
from tools.bench.promises import RARE_NORM
from tools.bench.saying import COMMON, HIDDEN, RARE

Asked = tuple[str, str, str]


def pages(engine: Engine, now: datetime) -> list[Asked]:
    """A name, who asks, the path."""
    with reading(make_sessions(engine)) as session:
        who = select(SignIn.person_id).where(SignIn.key_hash == key_hash(SOMEBODY))
        actor = Actor(session.scalars(who.limit(1)).one(), SOMEBODY)
        found = [*_of_notices(session, actor, now), *_of_commitments(session, actor, now)]
        found += _of_dialogues(session)
    return [
        *found,
        ("first page of the portal", SOMEBODY, "/"),
        ("search, common word", SOMEBODY, f"/search?q={COMMON}"),
        ("search, rare word", SOMEBODY, f"/search?q={RARE}"),
        ("search, word mostly hidden", STRANGER, f"/search?q={HIDDEN}"),
    ]


def _of_notices(session: Session, actor: Actor, now: datetime) -> Iterator[Asked]:
    page = notices.newest(session, actor, now, narrowed=notices.Filter())
    if not page.rows:
        return
    many = session.scalar(select(func.max(Notice.id))) or 0
    middle = session.execute(
        select(Notice.published_at, Notice.id)
        .where(Notice.id > many * 6 // 10, Notice.published_at.is_not(None))
        .order_by(Notice.id)
        .limit(1)
    ).one()
    yield "list, first page", SOMEBODY, "/notices/"
    yield "list, far down", SOMEBODY, f"/notices/?after={_mark(middle)}"
    yield "list, one kind", SOMEBODY, "/notices/?kind=fraud"
    yield "one notice (is recorded)", SOMEBODY, f"/notices/{page.rows[0].ref}"


def _of_commitments(session: Session, actor: Actor, now: datetime) -> Iterator[Asked]:
    page = commitments.overview(session, actor, now, narrowed=commitments.Filter())
    if not page.rows:
        return
    hangs = _readable_with_condition(session, actor, now)
    for name, query in (
        ("overview, first page", ""),
        ("overview, far down", f"after={_far_down(session, live=True)}"),
        ("overview, late ones", "due=late"),
        ("overview, one party", "party=5"),
        ("overview, one theme", "theme=rights"),
        ("overview, rare norm", f"norm={RARE_NORM}"),
        ("over, first page", "state=over"),
        ("over, far down", f"state=over&after={_far_down(session, live=False)}"),
    ):
        yield name, SOMEBODY, f"/commitments/?{query}"
    yield "one commitment (is recorded)", SOMEBODY, f"/commitments/{hangs}"
    yield "its conditions", SOMEBODY, f"/commitments/{hangs}/conditions"
    yield "progress", SOMEBODY, "/commitments/progress"
    words = (("common", SOMEBODY, COMMON), ("hidden", STRANGER, HIDDEN))
    for name, who, word in words:
        yield f"search of commitments, {name} word", who, f"/search?q={word}&kind=commitments"


def _of_dialogues(session: Session) -> Iterator[Asked]:
    for ref in polls.refs(session):
        yield "answers to a poll, 200 x 40", polls.ORGANISER, f"/dialogues/{ref}/read-answers"


def _readable_with_condition(session: Session, actor: Actor, now: datetime) -> str:
    hangs = select(Condition.id).where(Condition.commitment_id == Commitment.id).exists()
    readable = predicate(COMMITMENTS, READ_TEXT, actor.person_id, now)
    newest = select(Commitment.ref).where(hangs, readable).order_by(Commitment.id.desc())
    return session.scalars(newest.limit(1)).one()


def _far_down(session: Session, *, live: bool) -> str:
    # The place half way down what somebody's own organisation finds.
    index = CommitmentAudienceRow
    rows = select(index.turns_at, index.commitment_id).where(
        index.principal == "o:3", index.live.is_(live)
    )
    many = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    return _mark(session.execute(rows.order_by(index.turns_at).offset(many // 2).limit(1)).one())


def _mark(row: Any) -> str:
    return f"{row[0].isoformat()}_{row[1]}".replace("+", "%2B")
