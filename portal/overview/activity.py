"""Recent activity: acts on every noun of the catalogue, as far as a reader may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from models.base import Moment
from models.follows import Follow
from models.ledger import AuditEvent
from models.signins import SignIn
from models.stakeholders import Organisation, Person
from portal.access import READER, as_column, beside_read, readable
from portal.catalogue import NOUNS, OF_NAME, Activity, Noun, Without
from portal.db import spelled_out, written
from portal.parameters import ME, NO, NOTHING, NOW, SIGNIN, at_most, ready
from portal.recipients import Reader
from portal.rules.verbs import FOLLOW, present, spellings

SHOWN: Final = 10
LOOKED_AT: Final = 20  # own acts lie among those of others
# How far back in the trail, so that the list stays quick for whoever may read little of it.
WALKED: Final = 50_000
LONG_AGO: Final = literal(datetime(1970, 1, 1, tzinfo=UTC), Moment())


@dataclass(frozen=True)
class Act:
    """One act: its sentence, who and for whom (empty where that is kept back), on what, when.

    `organisation` is whose the resource is, to be named where the person is not; `title` and `tlp`
    are empty where there is none or it is not the reader's to read. `followed` is whether the
    reader follows the resource.
    """

    noun: Noun[Any]
    sentence: str
    who: str
    whom: str
    organisation: str
    ref: str
    title: str
    tlp: str
    at: datetime
    followed: bool


@dataclass(frozen=True)
class Recent:
    """What others did since the reader's last visit, and what else happened; newest first."""

    since: tuple[Act, ...]
    earlier: tuple[Act, ...]


def recent(session: Session, reader: Reader) -> Recent:
    """The newest acts on every noun that are news to the reader, in one query.

    The last visit is when the sign-in before this one was last seen; without one nothing is since.
    What the reader did is no news, and stands among the rest. At most ten of each.
    """
    rows = session.execute(NEWEST, reader.values).all()
    since = sorted((_act(row) for row in rows if row.is_new), key=lambda act: not act.followed)
    earlier = tuple(_act(row) for row in rows if not row.is_new)
    return Recent(tuple(since[:SHOWN]), earlier[:SHOWN])


def _act(row: Any) -> Act:
    noun = OF_NAME[row.noun]
    activity = noun.activity
    if isinstance(activity, Without):  # it has no arm, so no row
        raise TypeError(activity.reason)
    sentence = activity.sentences[present(row.verb)]
    return Act(
        noun,
        sentence,
        who=row.who or "",
        whom=row.whom or "",
        organisation=row.organisation,
        ref=row.ref,
        title=row.title,
        tlp=row.tlp,
        at=row.at,
        followed=bool(row.followed),
    )


def _newest() -> Any:
    arms = [
        _done(noun, noun.activity).subquery()
        for noun in NOUNS
        if isinstance(noun.activity, Activity)
    ]
    every = union_all(*(select(*arm.c) for arm in arms)).subquery()
    return select(every).order_by(every.c.at.desc(), every.c.key.desc()).limit(at_most(LOOKED_AT))


def _done(noun: Noun[Any], activity: Activity) -> Any:
    model: Any = noun.policy.model
    by_others = AuditEvent.person_id.is_distinct_from(ME)
    columns = (
        written(noun.name).label("noun"),
        AuditEvent.id.label("key"),
        AuditEvent.verb,
        AuditEvent.at,
        as_column(and_(AuditEvent.at > _last_visit(), by_others)).label("is_new"),
        _name(noun, activity, AuditEvent.person_id).label("who"),
        _name(noun, activity, AuditEvent.for_id).label("whom"),
        _organisation(model).label("organisation"),
        model.ref,
        _title(noun).label("title"),
        (model.tlp if noun.marked else NOTHING).label("tlp"),
        _is_followed(noun).label("followed"),
    )
    done = readable(noun.policy, *columns, who=READER).join(
        AuditEvent, AuditEvent.resource_id == model.id
    )
    if FOLLOW in noun.policy.verbs:
        # Chosen before the policy is asked, once of both ways: it is the dear part.
        could = _could_be_news(noun, activity)
        done = done.join(could, could.c.id == AuditEvent.id)
    else:
        done = done.where(*_of_the_trail(noun, activity))
    return (
        done.where(spelled_out(AuditEvent.resource_type, noun.name), _is_news(noun, activity))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(at_most(LOOKED_AT))
    )


def _of_the_trail(noun: Noun[Any], activity: Activity) -> tuple[Any, ...]:
    # As a value and not as a join, so that both engines go along the trail, newest first.
    return (
        spelled_out(AuditEvent.resource_type, noun.name),
        AuditEvent.at > _horizon(),
        _did(activity.sentences),
        as_column(activity.proposal(AuditEvent.resource_id)),
    )


def _did(acts: Iterable[str]) -> Any:
    return spelled_out(AuditEvent.verb, *spellings(*acts))


def _could_be_news(noun: Noun[Any], activity: Activity) -> Any:
    # What is followed is looked up from its few rows: no other act crowds it out.
    newest = (
        select(AuditEvent.id)
        .where(*_of_the_trail(noun, activity))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(at_most(LOOKED_AT))
        .subquery()
    )
    mine = (Follow.person_id == ME, spelled_out(Follow.resource_type, noun.name))
    followed = (
        select(AuditEvent.id)
        .where(spelled_out(AuditEvent.resource_type, noun.name))
        .where(AuditEvent.resource_id.in_(select(Follow.resource_id).where(*mine)))
        .where(_did(activity.sentences))
        .order_by((AuditEvent.id + 0).desc())
        .limit(at_most(LOOKED_AT))
        .subquery()
    )
    return union(select(*newest.c), select(*followed.c)).subquery()


def _is_followed(noun: Noun[Any]) -> Any:
    if FOLLOW not in noun.policy.verbs:
        return NO
    mine = (Follow.person_id == ME, spelled_out(Follow.resource_type, noun.name))
    return as_column(
        exists().where(*mine, Follow.resource_id == AuditEvent.resource_id).correlate(AuditEvent)
    )


def _is_news(noun: Noun[Any], activity: Activity) -> ColumnElement[bool]:
    news: list[Any] = [_did(activity.to_readers)]
    for verb, acts in activity.to_holders.items():
        holds = beside_read(noun.policy, verb, READER, NOW)
        theirs: list[Any] = [_did(acts), holds]
        if not isinstance(activity.moment, Without):
            theirs.append(activity.moment)
        news.append(and_(*theirs))
    return or_(*news)


def _name(noun: Noun[Any], activity: Activity, key: Any) -> Any:
    if not activity.named_to:
        return NOTHING
    name = select(Person.name).where(Person.id == key).scalar_subquery()
    knows = (beside_read(noun.policy, verb, READER, NOW) for verb in activity.named_to)
    return case((or_(*knows), name), else_=NOTHING)


def _organisation(model: Any) -> Any:
    if not hasattr(model, "organisation_id"):
        return NOTHING
    name = select(Organisation.name).where(Organisation.id == model.organisation_id)
    return name.correlate(model).scalar_subquery()


def _title(noun: Noun[Any]) -> Any:
    titled = beside_read(noun.policy, noun.title_verb, READER, NOW)
    return case((titled, noun.shown_title), else_=NOTHING)


def _last_visit() -> Any:
    mine = (SignIn.person_id == ME, SignIn.id != SIGNIN)
    seen = select(SignIn.seen_at).where(*mine).order_by(SignIn.id.desc()).limit(at_most(1))
    return seen.scalar_subquery()


def _horizon() -> Any:
    newest = select(func.max(AuditEvent.id)).correlate(None).scalar_subquery()
    before = select(AuditEvent.at).where(AuditEvent.id <= newest - WALKED)
    edge = before.order_by(AuditEvent.id.desc()).limit(at_most(1)).correlate(None)
    return func.coalesce(edge.scalar_subquery(), LONG_AGO)


NEWEST: Final = ready(_newest())
