"""Reading one row of harm: its text and its versions, in two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from models.harm import Harm, HarmVersion
from models.notices import Notice
from models.stakeholders import Organisation, Person
from portal.access import Actor, beside_read, granted, predicate, readable, verbs_of
from portal.errors import NotFound
from portal.harm.amounts import Amount
from portal.harm.text import amount_of
from portal.ledger import audit
from portal.parameters import KEY, ME, NOTHING, NOW, REF, ready
from portal.recipients import NotAskedRow, recipients_not_asked
from portal.related import Related, Together, related
from portal.rules import EXPORT, HARM, NOTICES, READ, READ_LEDGER, READ_TEXT

MOST: Final = 200


@dataclass(frozen=True)
class VersionRow:
    """A published version; `why` is shown of the present one, and of all to its own side."""

    number: int
    at: datetime
    person: str
    why: str


@dataclass(frozen=True)
class NoticeRow:
    """The notice that the row is about."""

    id: int
    ref: str
    tlp: str
    title: str


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one row; without `text` only the envelope is shown.

    `who` is whom it happened to: of a row that is not cited, the organisation that keeps it.
    """

    harm: Harm
    amount: Amount
    organisation: str
    author: str
    who: str
    verbs: frozenset[str]
    text: bool
    versions: Sequence[VersionRow] = ()
    notice: Sequence[NoticeRow] = ()
    not_asked: Sequence[NotAskedRow] = ()


def whom() -> Any:
    """Whom it happened to, as SQL beside the organisation that keeps the row."""
    return case((Harm.who != "", Harm.who), else_=Organisation.name)


def said_by() -> Any:
    """Who said it, as SQL: of one's own harm whoever keeps the row."""
    return case((Harm.said_by != "", Harm.said_by), else_=Organisation.name)


def read(session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ) -> Reading:
    """One row as this person may see it; the reading or export goes into the trail.

    Raises NotFound when it is absent or hidden, or when it may not be exported.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(HARM, row)
    if row is None or not {READ, verb} <= verbs:
        raise NotFound(ref)
    harm, shown = row.Harm, READ_TEXT in verbs
    detail = {"format": "csv"} if verb == EXPORT else {}
    audit(session, actor, verb, HARM, harm, now, **detail)
    about = (harm, amount_of(harm), row.organisation, row.author, row.who, verbs, shown)
    if not shown:
        return Reading(*about)
    together = FOR_OWN_SIDE if READ_LEDGER in verbs else FOR_READERS
    rows = together.load(session, {ME.key: actor.person_id, NOW.key: now, KEY.key: harm.id})
    return Reading(*about, rows[VersionRow], rows[NoticeRow], rows[NotAskedRow])


def _question() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Harm,
            Organisation.name.label("organisation"),
            Person.name.label("author"),
            whom().label("who"),
            *granted(HARM, ME, NOW),
        )
        .join(Organisation, Organisation.id == Harm.organisation_id)
        .join(Person, Person.id == Harm.author_id)
        .where(Harm.ref == REF)
    )


def _versions() -> Related[VersionRow]:
    # Why an earlier version was made was said to its readers, who need not be those of today.
    told = (HarmVersion.number == Harm.edition) | predicate(HARM, READ_LEDGER, ME, NOW)
    question = (
        select(
            HarmVersion.number,
            HarmVersion.at,
            Person.name.label("person"),
            case((told, HarmVersion.why), else_=NOTHING).label("why"),
        )
        .join(Person, Person.id == HarmVersion.by_id)
        .join(Harm, Harm.id == HarmVersion.harm_id)
        .where(HarmVersion.harm_id == KEY)
        .order_by(HarmVersion.number)
    )
    return related(VersionRow, question, order=lambda row: row.number)


def _notice() -> Related[NoticeRow]:
    # Whoever may not read the notice does not learn that the row is about it.
    this = select(Harm.notice_id).where(Harm.id == KEY).scalar_subquery()
    question: Any = readable(NOTICES, Notice.id, Notice.ref, Notice.tlp, Notice.title).where(
        Notice.id == this, beside_read(NOTICES, READ_TEXT, ME, NOW)
    )
    return related(NoticeRow, question)


QUESTION: Final = ready(_question())
FOR_READERS: Final = Together((_versions(), _notice()), MOST).completed()
FOR_OWN_SIDE: Final = Together(
    (_versions(), _notice(), recipients_not_asked(Harm)), MOST
).completed()
