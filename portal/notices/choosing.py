"""What a writer can choose from: own organisations, and everything that may be addressed."""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from models.stakeholders import Organisation, Person, SharingGroup
from portal.access import Actor, clause, visible
from portal.relations import home_of
from portal.rules import GROUPS, ORGANISATIONS, PEOPLE, POST_NOTICE

MOST = 500


def homes(session: Session, actor: Actor, now: datetime) -> list[tuple[Any, str]]:
    """The organisations that the person may post notices for."""
    writes = clause(ORGANISATIONS, POST_NOTICE, actor.person_id, now)
    rows = session.execute(
        visible(ORGANISATIONS, actor, now, Organisation.ref, Organisation.name)
        .where(writes)
        .order_by(Organisation.name)
    )
    return [(row.ref, row.name) for row in rows]


def choices(session: Session, actor: Actor, now: datetime) -> dict[str, list[tuple[Any, str]]]:
    """The entries of each list of addressees, in three queries."""
    organisations = _entries(session, visible(ORGANISATIONS, actor, now, *_of(Organisation)))
    named = func.coalesce(Person.name + ", " + home_of(now), Person.name).label("name")
    people = _entries(session, visible(PEOPLE, actor, now, Person.id, named))
    return {
        "organisations": organisations,
        "excepted_organisations": organisations,
        "groups": _entries(session, visible(GROUPS, actor, now, *_of(SharingGroup))),
        "people": people,
        "excepted_people": people,
    }


def _of(model: Any) -> tuple[Any, Any]:
    return model.id, model.name


def _entries(session: Session, listing: Any) -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in session.execute(listing.order_by("name").limit(MOST))]
