"""Who is asked about a release: chosen while it is written, and what they answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.releases import Answer, Part, Release, ReleaseParty
from models.stakeholders import Organisation
from portal.access import Actor, visible
from portal.relations import may_answer_for
from portal.releases.sources import Asked
from portal.releases.text import ReleaseText
from portal.rules import ORGANISATIONS, PEOPLE, ResourceType
from portal.words import N_


def parties_chosen(session: Session, release: Release) -> dict[str, frozenset[int]]:
    """Whom a writer chose, as the fields of a text; those whom the source names are not among."""
    rows = _rows(session, release)
    return {
        "signers": _keys(rows, Part.SIGNS, "organisation_id"),
        "sources": _keys(rows, Part.WORDS, "organisation_id"),
        "speakers": _keys(rows, Part.WORDS, "person_id"),
    }


def _keys(rows: list[ReleaseParty], part: Part, column: str) -> frozenset[int]:
    chosen = (getattr(row, column) for row in rows if row.part == part and not row.required)
    return frozenset(key for key in chosen if key is not None)


def _rows(session: Session, release: Release) -> list[ReleaseParty]:
    of_it = select(ReleaseParty).where(ReleaseParty.release_id == release.id)
    return list(session.scalars(of_it.order_by(ReleaseParty.id)))


def unknown_parties(
    session: Session, actor: Actor, text: ReleaseText, kept: dict[str, frozenset[int]], now: Any
) -> dict[str, str]:
    """A message for each list that names somebody whom the writer cannot see."""
    found = {}
    for name in ("signers", "sources", "speakers"):
        resource_type: ResourceType[Any] = PEOPLE if name == "speakers" else ORGANISATIONS
        new = getattr(text, name) - kept.get(name, frozenset())
        key = resource_type.model.id
        seen = set(session.scalars(visible(resource_type, actor, now, key).where(key.in_(new))))
        if new - seen:
            found[name] = N_("An entry of this list is not in the portal.")
    return found


def add_required(session: Session, release: Release, asked: list[Asked]) -> None:
    """Put on the list whom the source names; they stay on it."""
    for one in asked:
        session.add(
            ReleaseParty(
                release_id=release.id,
                organisation_id=one.organisation_id,
                person_id=one.person_id,
                part=one.part,
                required=True,
            )
        )
    session.flush()


def write_parties(session: Session, release: Release, text: ReleaseText) -> None:
    """Put those who were chosen on the list; of a joint statement its own organisation signs too.

    What somebody answered to another text stays with their row, and does not count.
    """
    rows = _rows(session, release)
    signers = text.signers | {release.organisation_id} if text.signers else frozenset()
    wanted = {
        *((Part.SIGNS, key, None) for key in signers),
        *((Part.WORDS, key, None) for key in text.sources - {release.organisation_id}),
        *((Part.WORDS, None, key) for key in text.speakers),
    }
    there = {(row.part, row.organisation_id, row.person_id): row for row in rows}
    left = [row.id for key, row in there.items() if key not in wanted and not row.required]
    session.execute(delete(ReleaseParty).where(ReleaseParty.id.in_(left)))
    for part, organisation_id, person_id in sorted(wanted - there.keys(), key=str):
        session.add(
            ReleaseParty(
                release_id=release.id,
                organisation_id=organisation_id,
                person_id=person_id,
                part=part,
            )
        )
    session.flush()


def signer_refs(session: Session, release: Release) -> list[str]:
    """The references of the organisations that sign."""
    signs = select(Organisation.ref).join(
        ReleaseParty, ReleaseParty.organisation_id == Organisation.id
    )
    of_it = (ReleaseParty.release_id == release.id, ReleaseParty.part == Part.SIGNS)
    return list(session.scalars(signs.where(*of_it)))


def names_somebody(session: Session, release: Release) -> bool:
    """Whether somebody has the right of reply."""
    return any(row.part == Part.NAMED for row in _rows(session, release))


def answer(
    session: Session,
    actor: Actor,
    release: Release,
    said: Answer,
    *parts: Part,
    text: str = "",
    now: datetime,
) -> None:
    """Keep what the person answers for themselves and the organisations that they speak for."""
    theirs = may_answer_for.at(ReleaseParty, actor.person_id, now)
    of_it = (ReleaseParty.release_id == release.id, ReleaseParty.part.in_(parts))
    for row in session.scalars(select(ReleaseParty).where(*of_it, theirs)).all():
        row.answer, row.digest, row.text = said, release.digest, text
        row.by_id, row.at = actor.person_id, now
