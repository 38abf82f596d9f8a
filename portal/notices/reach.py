"""Who will see a notice: asked of the very sentence that will let them in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from models.notices import Notice, Recipient
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import answer, standing_to, stands
from portal.relations import Relation, home_of
from portal.rules import NOTICES, addressees, allowed, own, told_by_letter
from portal.words import N_

MANY_PEOPLE = 50
SHOWN = 500


@dataclass(frozen=True)
class Reach:
    """Who could read a notice: people by organisation, who is told, what is unusual about it."""

    everyone: bool
    people: int
    told: int
    homes: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    warnings: tuple[str, ...]


def reach_of(session: Session, notice: Notice, now: datetime) -> Reach:
    """Who could read this notice were it open, in two queries; at most 500 people are named."""
    everyone = notice.tlp in (Tlp.CLEAR, Tlp.GREEN)
    readers = (addressees if everyone else allowed) | own
    rows = session.execute(_people_with_homes(notice, readers, now)).all()
    homes: dict[str, list[tuple[str, bool]]] = {}
    for row in rows:
        homes.setdefault(row.home or "", []).append((row.name, row.told))
    return Reach(
        everyone=everyone,
        people=len(rows),
        told=sum(row.told for row in rows),
        homes=tuple((home, tuple(people)) for home, people in homes.items()),
        warnings=tuple(_unusual(session, notice, everyone, len(rows))),
    )


def _people_with_homes(notice: Notice, relation: Relation, now: datetime) -> Select[Any]:
    home = home_of(now).label("home")
    told = answer(stands(NOTICES, told_by_letter, notice.id, now)).label("told")
    people = standing_to(NOTICES, relation, notice.id, now, Person.name, home, told)
    return people.order_by(home, Person.name).limit(SHOWN)


def _unusual(session: Session, notice: Notice, everyone: bool, people: int) -> Iterator[str]:
    if everyone:
        yield N_("Everyone who is signed in will be able to read this.")
    if people > MANY_PEOPLE:
        yield N_("This reaches more than 50 people.")
    line, before, earlier = aliased(Recipient), aliased(Notice), aliased(Recipient)
    known = exists().where(
        before.organisation_id == notice.organisation_id,
        before.id != notice.id,
        before.published_at.is_not(None),
        earlier.notice_id == before.id,
        earlier.organisation_id == line.organisation_id,
    )
    new_faces = (
        select(Organisation.name)
        .join(line, line.organisation_id == Organisation.id)
        .where(
            line.notice_id == notice.id,
            line.organisation_id != notice.organisation_id,
            ~line.excepted,
            ~known.correlate(line),
        )
    )
    if session.scalars(new_faces.limit(1)).first() is not None:
        yield N_("You have not written to every organisation on this list before.")
