"""Who will see a matter: asked of the very sentence that will let them in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from models.audience import Recipient
from models.base import Resource
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, answer, standing_to, stands
from portal.addressing.voices import unheard
from portal.relations import home_of, list_of_matter, moment
from portal.rules import REACH, Kind
from portal.words import N_

MANY_PEOPLE = 50
SHOWN = 500


@dataclass(frozen=True)
class Reach:
    """Who could read a matter: people by organisation, who is told, what is unusual about it.

    `unheard` names the recipients who are not asked, since nobody there can respond.
    """

    everyone: bool
    people: int
    told: int
    homes: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    warnings: tuple[str, ...]
    unheard: tuple[str, ...] = ()


def reach_of(
    session: Session, actor: Actor, kind: Kind[Resource], matter: Any, now: datetime
) -> Reach:
    """Who could read this matter were it open, in two queries; at most 500 people are named."""
    everyone = matter.tlp in (Tlp.CLEAR, Tlp.GREEN)
    rows = session.execute(_people_with_homes(kind, matter, everyone, now)).all()
    homes: dict[str, list[tuple[str, bool]]] = {}
    new, silent = _about_the_list(session, actor, matter, now)
    for row in rows:
        homes.setdefault(row.home or "", []).append((row.name, row.told))
    return Reach(
        everyone=everyone,
        people=len(rows),
        told=sum(row.told for row in rows),
        homes=tuple((home, tuple(people)) for home, people in homes.items()),
        warnings=tuple(_unusual(everyone, len(rows), new)),
        unheard=tuple(silent),
    )


def _people_with_homes(
    kind: Kind[Resource], matter: Any, everyone: bool, now: datetime
) -> Select[Any]:
    law = REACH[kind.name]
    home = home_of(moment(now)).label("home")
    told = answer(stands(kind, law.told, matter.id, now)).label("told")
    shown = law.addressed if everyone else law.readers
    people = standing_to(kind, shown, matter.id, now, Person.name, home, told)
    return people.order_by(home, Person.name).limit(SHOWN)


def _unusual(everyone: bool, people: int, new: bool) -> Iterator[str]:
    if everyone:
        yield N_("Everyone who is signed in will be able to read this.")
    if people > MANY_PEOPLE:
        yield N_("This reaches more than 50 people.")
    if new:
        yield N_("You have not written to every organisation on this list before.")


def _about_the_list(
    session: Session, actor: Actor, matter: Any, now: datetime
) -> tuple[bool, list[str]]:
    # Whether an organisation is addressed for the first time, and who is not asked: one query.
    silent = unheard(matter, actor, now)
    first = _addressed_first(matter).limit(1).subquery()
    every = union_all(
        select(literal("new").label("what"), first.c.name),
        select(literal("unheard"), silent.c.name),
    )
    rows = session.execute(every).all()
    names = sorted({row.name for row in rows if row.what == "unheard"})
    return any(row.what == "new" for row in rows), names


def _addressed_first(matter: Any) -> Select[Any]:
    model, column = type(matter), list_of_matter(matter)
    line, before, earlier = aliased(Recipient), aliased(model), aliased(Recipient)
    known = exists().where(
        before.organisation_id == matter.organisation_id,
        before.id != matter.id,
        before.published_at.is_not(None),
        getattr(earlier, column) == before.id,
        earlier.organisation_id == line.organisation_id,
    )
    return (
        select(Organisation.name.label("name"))
        .join(line, line.organisation_id == Organisation.id)
        .where(
            getattr(line, column) == matter.id,
            line.organisation_id != matter.organisation_id,
            ~line.excepted,
            ~known.correlate(line),
        )
    )
