"""Who of an organisation has completed what, and until when: for whoever administers it."""

from datetime import datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.stakeholders import Membership, Organisation, Person
from models.training import Completion, CompletionState
from portal import units
from portal.access import Actor, authorize, readable
from portal.db import in_state
from portal.paging import NewestFirst, Page
from portal.parameters import KEY, ME, NOW
from portal.relations import in_force, moment
from portal.rules import ORGANISATIONS, READ_TRAINING, TRAINING


def read_training(
    session: Session, actor: Actor, ref: str, now: datetime, after: str = ""
) -> tuple[Organisation, Page]:
    """The completions of an organisation's people, the newest first, page by page.

    Rows have ref, unit, unit_title, name, completed_at, expires_at, zone. What is under way is not
    among them.
    """
    organisation = authorize(session, actor, READ_TRAINING, ORGANISATIONS, ref, now)
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: organisation.id}
    return organisation, LISTED.page(session, asked, after)


_belongs: Final = exists(
    select(Membership.id).where(
        Membership.person_id == Completion.person_id,
        Membership.organisation_id == KEY,
        in_force(Membership, moment(NOW)),
    )
)
LISTED: Final = NewestFirst(
    readable(
        TRAINING,
        Completion.id,
        Completion.ref,
        Completion.unit,
        units.named(Completion.unit).label("unit_title"),
        Completion.completed_at,
        Completion.expires_at,
        Completion.zone,
        Person.name,
    )
    .join(Person, Person.id == Completion.person_id)
    .where(in_state(Completion, CompletionState.COMPLETED), _belongs),
    Completion.completed_at,
    Completion.id,
)
