"""Who will see a resource: asked of the very sentence that will let them in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select, union_all
from sqlalchemy.orm import Session, aliased

from models.audience import Recipient
from models.base import Resource
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, as_column, standing_to, stands
from portal.db import written
from portal.parameters import at_most
from portal.recipients.able_to_respond import unheard
from portal.relations import home_of, moment, recipient_column
from portal.rules import AUDIENCE_RULES, M, ResourceType
from portal.words import N_
from portal.writes import trial

MANY_PEOPLE = 50
SHOWN = 500


@dataclass(frozen=True)
class AudiencePreview:
    """Who could read a resource: people by organisation, who is told, what is unusual about it.

    `unheard` names the recipients who are not asked, since nobody there can respond.
    """

    everyone: bool
    people: int
    notified: int
    homes: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    warnings: tuple[str, ...]
    unheard: tuple[str, ...] = ()


def reach_if(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[M],
    write: Callable[[], M],
    now: datetime,
) -> AudiencePreview:
    """Who could read what `write` writes: asked of the policy itself, and nothing is kept."""
    with trial(session):
        return audience_preview(session, actor, resource_type, write(), now)


def audience_preview(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    resource: Any,
    now: datetime,
) -> AudiencePreview:
    """Who could read this resource were it open, in two queries; at most 500 people are named."""
    everyone = resource.tlp in (Tlp.CLEAR, Tlp.GREEN)
    rows = session.execute(_people_with_homes(resource_type, resource, everyone, now)).all()
    homes: dict[str, list[tuple[str, bool]]] = {}
    new, silent = _about_the_list(session, actor, resource, now)
    for row in rows:
        homes.setdefault(row.home or "", []).append((row.name, row.notified))
    return AudiencePreview(
        everyone=everyone,
        people=len(rows),
        notified=sum(row.notified for row in rows),
        homes=tuple((home, tuple(people)) for home, people in homes.items()),
        warnings=tuple(_unusual(everyone, len(rows), new)),
        unheard=tuple(silent),
    )


def _people_with_homes(
    resource_type: ResourceType[Resource], resource: Any, everyone: bool, now: datetime
) -> Select[Any]:
    law = AUDIENCE_RULES[resource_type.name]
    home = home_of(moment(now)).label("home")
    notified = as_column(stands(resource_type, law.notified, resource.id, now)).label("notified")
    shown = law.addressed if everyone else law.readers
    people = standing_to(resource_type, shown, resource.id, now, Person.name, home, notified)
    return people.order_by(home, Person.name).limit(at_most(SHOWN))


def _unusual(everyone: bool, people: int, new: bool) -> Iterator[str]:
    if everyone:
        yield N_("Everyone signed in will be able to read this.")
    if people > MANY_PEOPLE:
        yield N_("This reaches more than 50 people.")
    if new:
        yield N_("You have not yet written to every organisation on this list.")


def _about_the_list(
    session: Session, actor: Actor, resource: Any, now: datetime
) -> tuple[bool, list[str]]:
    # Whether an organisation is addressed for the first time, and who is not asked: one query.
    silent = unheard(type(resource), resource.id, actor.person_id, now)
    first = _addressed_first(resource).limit(at_most(1)).subquery()
    every = union_all(
        select(written("new").label("what"), first.c.name),
        select(written("unheard"), silent.c.name),
    )
    rows = session.execute(every).all()
    names = sorted({row.name for row in rows if row.what == "unheard"})
    return any(row.what == "new" for row in rows), names


def _addressed_first(resource: Any) -> Select[Any]:
    model, column = type(resource), recipient_column(resource)
    line, before, earlier = aliased(Recipient), aliased(model), aliased(Recipient)
    known = exists().where(
        before.organisation_id == resource.organisation_id,
        before.id != resource.id,
        before.published_at.is_not(None),
        getattr(earlier, column) == before.id,
        earlier.organisation_id == line.organisation_id,
    )
    return (
        select(Organisation.name.label("name"))
        .join(line, line.organisation_id == Organisation.id)
        .where(
            getattr(line, column) == resource.id,
            line.organisation_id != resource.organisation_id,
            ~line.excepted,
            ~known.correlate(line),
        )
    )
