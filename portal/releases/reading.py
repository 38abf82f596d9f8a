"""Reading one release inside: its text, who is asked about it, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, func, literal, select
from sqlalchemy.orm import Session

from models.releases import Release, ReleaseParty, ReleaseVersion
from models.stakeholders import Organisation, Person
from portal.access import Actor, as_column, beside_read, granted, readable, sub_resource, verbs_of
from portal.errors import NotFound
from portal.ledger import audit
from portal.parameters import KEY, ME, NOTHING, NOW, REF, ready
from portal.related import Related, Together, related
from portal.relations import may_answer_for
from portal.rules import (
    READ,
    READ_LEDGER,
    READ_TEXT,
    RELEASES,
    SOURCES,
    ResourceType,
)

MOST: Final = 200


@dataclass(frozen=True)
class PartyRow:
    """Somebody who is asked; `current` is whether they answered the present text.

    `mine` says that the reader may answer for them.
    """

    id: int
    part: str
    name: str
    answer: str
    current: bool
    text: str
    at: datetime | None
    required: bool
    mine: bool


@dataclass(frozen=True)
class VersionRow:
    """What was released, and why it was corrected."""

    number: int
    at: datetime
    why: str
    json_sha256: str
    stix_sha256: str


@dataclass(frozen=True)
class SourceRow:
    """What it is derived from, where the reader may read that as well."""

    id: int
    noun: str
    ref: str
    tlp: str
    title: str


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one release; without `text` only the envelope is shown."""

    release: Release
    organisation: str
    author: str
    verbs: frozenset[str]
    text: bool
    parties: Sequence[PartyRow] = ()
    versions: Sequence[VersionRow] = ()
    source: Sequence[SourceRow] = ()


def read(session: Session, actor: Actor, ref: str, now: datetime) -> Reading:
    """One release as this person may see it; the reading goes into the trail.

    Raises NotFound when it is absent or hidden.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(RELEASES, row)
    if row is None or READ not in verbs:
        raise NotFound(ref)
    release, shown = row.Release, READ_TEXT in verbs
    audit(session, actor, READ, RELEASES, release, now)
    about = (release, row.organisation, row.author, verbs, shown)
    if not shown:
        return Reading(*about)
    together = FOR_OWN_SIDE if READ_LEDGER in verbs else FOR_READERS
    rows = together.load(session, {ME.key: actor.person_id, NOW.key: now, KEY.key: release.id})
    return Reading(*about, rows[PartyRow], rows[VersionRow], rows[SourceRow])


def _question() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Release,
            Organisation.name.label("organisation"),
            Person.name.label("author"),
            *granted(RELEASES, ME, NOW),
        )
        .join(Organisation, Organisation.id == Release.organisation_id)
        .join(Person, Person.id == Release.author_id)
        .where(Release.ref == REF)
    )


def _parties() -> Related[PartyRow]:
    current = (ReleaseParty.digest == Release.digest) & (ReleaseParty.digest != "")
    question: Any = (
        select(
            ReleaseParty.id,
            ReleaseParty.part,
            func.coalesce(Organisation.name, Person.name).label("name"),
            case((current, ReleaseParty.answer), else_=NOTHING).label("answer"),
            as_column(current).label("current"),
            ReleaseParty.text,
            ReleaseParty.at,
            ReleaseParty.required,
            as_column(may_answer_for.predicate(ReleaseParty, ME, NOW)).label("mine"),
        )
        .join(Release, Release.id == ReleaseParty.release_id)
        .outerjoin(Organisation, Organisation.id == ReleaseParty.organisation_id)
        .outerjoin(Person, Person.id == ReleaseParty.person_id)
        .where(ReleaseParty.release_id == KEY, sub_resource(ReleaseParty, ME, NOW))
        .order_by(ReleaseParty.id)
    )
    return related(PartyRow, question, order=lambda row: (row.part, row.name))


def _versions() -> Related[VersionRow]:
    question = (
        select(
            ReleaseVersion.number,
            ReleaseVersion.at,
            ReleaseVersion.why,
            ReleaseVersion.json_sha256,
            ReleaseVersion.stix_sha256,
        )
        .where(ReleaseVersion.release_id == KEY)
        .order_by(ReleaseVersion.number)
    )
    return related(VersionRow, question, order=lambda row: row.number)


def _source(resource_type: ResourceType[Any], column: Any) -> Related[SourceRow]:
    # Whoever may not read the source does not learn that the release comes from it.
    model: Any = resource_type.model
    this = select(column).where(Release.id == KEY).scalar_subquery()
    columns = (
        model.id,
        literal(resource_type.name).label("noun"),
        model.ref,
        model.tlp,
        model.title,
    )
    question: Any = readable(resource_type, *columns).where(
        model.id == this, beside_read(resource_type, READ_TEXT, ME, NOW)
    )
    return related(SourceRow, question)


QUESTION: Final = ready(_question())
FOR_READERS: Final = Together((_parties(), _versions()), MOST).completed()
FOR_OWN_SIDE: Final = Together(
    (
        _parties(),
        _versions(),
        *(_source(noun, getattr(Release, column)) for noun, column in SOURCES.values()),
    ),
    MOST,
).completed()
