"""What a release is derived from, and whom that makes a party to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Resource
from models.dialogues import Attendee, Delegation, TableRole
from models.notices import Notice
from models.releases import Part, Release
from portal.errors import NotFound
from portal.precautions import DO_NO_HARM, EVERY
from portal.rules import CLAIMS, RECORDS, SOURCES, ResourceType


@dataclass(frozen=True)
class Asked:
    """A party that the source itself names: an organisation or a person, and what for."""

    part: Part
    organisation_id: int | None = None
    person_id: int | None = None


def source_type(ref: str) -> tuple[ResourceType[Any], str]:
    """The noun of a source by its reference, and its column; raises NotFound for any other."""
    found = SOURCES.get(ref.partition("-")[0])
    if found is None:
        raise NotFound(ref)
    return found


def column_of(release: Release) -> str | None:
    """The column that names the source of a release; None where it has none."""
    columns = (column for _type, column in SOURCES.values())
    return next((column for column in columns if getattr(release, column) is not None), None)


def questions_of(release: Release) -> Mapping[str, str]:
    """What has to be answered before a second person is asked: of an operation, more."""
    about_operation = column_of(release) in ("notice_id", "claim_id", "harm_id")
    return EVERY if about_operation else DO_NO_HARM


def parties_of(session: Session, resource_type: ResourceType[Any], source: Resource) -> list[Asked]:
    """Whoever is named by the source, and whose words it holds, its own organisation apart."""
    named: Any = source
    found: list[Asked] = []
    if resource_type is RECORDS:
        found += _at_the_table(session, named.dialogue_id)
    elif getattr(named, "notice_id", None) is not None:
        home = session.get_one(Notice, named.notice_id).organisation_id
        found.append(Asked(Part.WORDS, organisation_id=home))
    if resource_type is CLAIMS and named.about_id is not None:
        found.append(Asked(Part.NAMED, organisation_id=named.about_id))
    return [one for one in found if one.organisation_id != named.organisation_id]


def _at_the_table(session: Session, dialogue_id: int) -> list[Asked]:
    # Who spoke is not told under the Chatham House Rule: so each side that came is asked.
    came = (Attendee.dialogue_id == dialogue_id, Attendee.came.is_(True), ~Attendee.organises)
    sides = (
        select(Delegation.organisation_id)
        .join(Attendee, Attendee.delegation_id == Delegation.id)
        .where(*came)
        .distinct()
        .order_by(Delegation.organisation_id)
    )
    # Whoever took the notes for the organisers writes the minutes, and spoke for nobody.
    guests = select(Attendee.person_id).where(
        *came, Attendee.delegation_id.is_(None), Attendee.role != TableRole.NOTE_TAKER
    )
    return [
        *(Asked(Part.WORDS, organisation_id=key) for key in session.scalars(sides)),
        *(Asked(Part.WORDS, person_id=key) for key in session.scalars(guests)),
    ]
