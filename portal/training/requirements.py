"""Units that are required before an act: by stewards of everybody, by administrators of theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.offers import Offer
from models.stakeholders import Organisation
from models.training import Act, Requirement
from portal import units
from portal.access import Actor, authorize
from portal.curriculum import Unit
from portal.db import alias
from portal.errors import NotFound, refuse
from portal.ledger import transition
from portal.parameters import KEY, ME, NOW, REF, ready
from portal.relations import REQUIRED, moment, of_anything, of_members, of_role
from portal.rules import (
    AFTER_TRAINING,
    OFFICE,
    ORGANISATIONS,
    READ,
    REQUIRE,
    REQUIRE_EVERYWHERE,
    RESOURCE_TYPES,
)
from portal.words import N_

ACTS: Final = {
    Act.PUBLISH_RED: N_("Publish or send anything as TLP:RED"),
    Act.TAKE_ROLE: N_("Accept a role"),
    Act.TAKE_SEAT: N_("Accept a dialogue, or act for the team of a process"),
}
# What is done with a resource of each noun, for which a unit can be required.
ACTS_OF: Final = {
    name: tuple(Act(verb) for verb in resource_type.verbs if verb in AFTER_TRAINING)
    for name, resource_type in RESOURCE_TYPES.items()
}
OFFICE_REF: Final = "OFFICE"
ASKING: Final = alias(Organisation)


@dataclass(frozen=True)
class Lacking:
    """A unit that somebody has to complete first; `organisation` asks for it, "" is the portal."""

    unit: str
    title: str
    organisation: str


@dataclass(frozen=True)
class Gate:
    """What stands before an act on a resource; nothing lacks where it is open."""

    act: Act
    lacking: tuple[Lacking, ...]


def gate(session: Session, actor: Actor, noun: str, ref: str, now: datetime, act: str = "") -> Gate:
    """What one still has to complete before an act on a resource that one may read.

    Without an act it is the first that there is for the noun. Raises NotFound for a noun without
    such an act, and what `authorize` raises.
    """
    acts = ACTS_OF.get(noun, ())
    if not acts:
        raise NotFound(ref)
    chosen = Act(act) if act in acts else acts[0]
    authorize(session, actor, READ, RESOURCE_TYPES[noun], ref, now)
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    rows = session.execute(LACKING[chosen], asked).all()
    return Gate(chosen, tuple(Lacking(row.unit, row.title, row.name or "") for row in rows))


def lacking_of_me(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The units that one has to complete before an act: unit, act and who asks, in their order."""
    return list(session.execute(OF_ME, {ME.key: actor.person_id, NOW.key: now}))


def require(
    session: Session, actor: Actor, ref: str, *, unit: Unit | None, act: str, now: datetime
) -> None:
    """Require a unit of the people of an organisation; raises Invalid for what cannot be taken."""
    with transition(session, actor, REQUIRE, ORGANISATIONS, ref, now, act=act) as organisation:
        _add(session, actor, organisation.id, unit, act, now)


def require_everywhere(
    session: Session, actor: Actor, *, unit: Unit | None, act: str, now: datetime
) -> None:
    """Require a unit of everybody; raises Invalid for what cannot be taken."""
    with transition(session, actor, REQUIRE_EVERYWHERE, OFFICE, OFFICE_REF, now, act=act):
        _add(session, actor, None, unit, act, now)


def lift(session: Session, actor: Actor, ref: str, key: int, now: datetime) -> None:
    """Require a unit no longer, of the people of an organisation; once more changes nothing."""
    with transition(session, actor, REQUIRE, ORGANISATIONS, ref, now, lifted=key) as organisation:
        _remove(session, organisation.id, key)


def lift_everywhere(session: Session, actor: Actor, key: int, now: datetime) -> None:
    """Require a unit of everybody no longer; once more changes nothing."""
    with transition(session, actor, REQUIRE_EVERYWHERE, OFFICE, OFFICE_REF, now, lifted=key):
        _remove(session, None, key)


def _add(
    session: Session,
    actor: Actor,
    organisation_id: int | None,
    unit: Unit | None,
    act: str,
    now: datetime,
) -> None:
    problems: dict[str, str] = {}
    if unit is None:
        problems["unit"] = N_("Choose a unit.")
    if act not in set(Act):
        problems["act"] = N_("Choose what it is required before.")
    refuse(problems)
    key = unit.key if unit else ""
    same = select(Requirement.id).where(
        Requirement.act == act,
        Requirement.unit == key,
        Requirement.organisation_id.is_(None)
        if organisation_id is None
        else Requirement.organisation_id == organisation_id,
    )
    if session.scalar(same) is not None:
        refuse({"unit": N_("This unit is required before this already.")})
    session.add(
        Requirement(
            act=act, unit=key, organisation_id=organisation_id, by_id=actor.person_id, at=now
        )
    )


def _remove(session: Session, organisation_id: int | None, key: int) -> None:
    of = Requirement.organisation_id
    theirs = of.is_(None) if organisation_id is None else of == organisation_id
    session.execute(delete(Requirement).where(Requirement.id == key, theirs))


def required_of(session: Session, organisation_id: int | None) -> list[Any]:
    """What is required of an organisation's people by it, or of everybody (None).

    Rows have id, act, unit, title and at.
    """
    if organisation_id is None:
        return list(session.execute(EVERYWHERE))
    return list(session.execute(OF_ORGANISATION, {KEY.key: organisation_id}))


ORDER: Final = (Requirement.act, Requirement.id)
LISTED: Final = select(
    Requirement.id,
    Requirement.act,
    Requirement.unit,
    units.named(Requirement.unit).label("title"),
    Requirement.at,
).order_by(*ORDER)
EVERYWHERE: Final = ready(LISTED.where(Requirement.organisation_id.is_(None)))
OF_ORGANISATION: Final = ready(LISTED.where(Requirement.organisation_id == KEY))
SHOWN: Final = (
    select(REQUIRED.unit, units.named(REQUIRED.unit).label("title"), ASKING.name)
    .outerjoin(ASKING, ASKING.id == REQUIRED.organisation_id)
    .order_by(REQUIRED.id)
)
OF_ME: Final = ready(
    SHOWN.add_columns(REQUIRED.act, REQUIRED.at).where(of_anything(ME, moment(NOW)))
)
LACKING: Final = {
    Act.PUBLISH_RED: ready(SHOWN.where(of_members(Act.PUBLISH_RED, ME, moment(NOW)))),
    Act.TAKE_SEAT: ready(SHOWN.where(of_members(Act.TAKE_SEAT, ME, moment(NOW)))),
    Act.TAKE_ROLE: ready(
        SHOWN.join(Offer, Offer.ref == REF).where(of_role(Offer, ME, moment(NOW)))
    ),
}
