"""Who at the table sees a part of a dialogue: what its writer may choose, what a reader may find.

A side is a delegation. What is `side` is for that delegation alone, not even for the organisers.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem, Sight
from models.dialogues import Delegation, Dialogue
from models.stakeholders import Person
from portal.access import Actor, standing_to, sub_resource
from portal.dialogues.related import RelatedRows
from portal.errors import NotFound, refuse
from portal.relations import organiser
from portal.rules import DIALOGUES
from portal.words import N_

OF_A_SIDE: Final = (Sight.SIDE, Sight.CAUCUS)
NOT_YOURS: Final = N_("Choose from the list who can see it.")


@dataclass(frozen=True)
class Shared:
    """With whom a part is shared; `side_id` is the delegation where it is one side's."""

    sight: str = Sight.ALL
    side_id: int | None = None


TO_ALL: Final = Shared()


def shares(related: RelatedRows, among: tuple[str, ...]) -> list[tuple[Shared, str]]:
    """What the reader of these rows may choose, with the name of the side: widest first."""
    sides = related.delegations
    runs = related.me is not None and related.me.organises
    found = [(Shared(), "")]
    found += [(Shared(Sight.CAUCUS, row.id), row.name) for row in sides if row.mine or runs]
    found += [(Shared(Sight.SIDE, row.id), row.name) for row in sides if row.mine]
    found += [(Shared(Sight.ORGANISERS), "")] if runs else []
    return [(shared, name) for shared, name in found if shared.sight in among]


def check_shared(
    session: Session,
    actor: Actor,
    dialogue: Dialogue,
    shared: Shared,
    among: tuple[str, ...],
    now: datetime,
) -> None:
    """Raise Invalid (field `sight`) unless the person may share a part of the dialogue so."""
    if shared.sight not in among or (shared.side_id is not None) != (shared.sight in OF_A_SIDE):
        refuse({"sight": NOT_YOURS})
    runs = organises(session, actor, dialogue, now)
    if shared.sight == Sight.ORGANISERS and not runs:
        refuse({"sight": NOT_YOURS})
    if shared.side_id is not None:
        sides = select(Delegation.id).where(
            Delegation.id == shared.side_id, Delegation.dialogue_id == dialogue.id
        )
        if not (runs and shared.sight == Sight.CAUCUS):
            sides = sides.where(sub_resource(Delegation, actor.person_id, now))
        if session.scalar(sides) is None:
            refuse({"sight": NOT_YOURS})


def organises(session: Session, actor: Actor, dialogue: Dialogue, now: datetime) -> bool:
    """Whether the person is an organiser of the dialogue now, whatever state it is in."""
    people = standing_to(DIALOGUES, organiser, dialogue.id, now, Person.id)
    return session.scalar(people.where(Person.id == actor.person_id)) is not None


def seen_sub_resource(
    session: Session, actor: Actor, model: Any, dialogue: Dialogue, number: int, now: datetime
) -> Any:
    """The row of this dialogue with this number; NotFound where it is absent or not in sight."""
    row = session.scalars(
        select(model).where(
            model.id == number,
            model.dialogue_id == dialogue.id,
            sub_resource(model, actor.person_id, now),
        )
    ).one_or_none()
    if row is None:
        raise NotFound(dialogue.ref)
    return row


def item_key(
    session: Session, actor: Actor, dialogue: Dialogue, number: int, now: datetime
) -> int | None:
    """The key of an item that a part is for, None for 0; Invalid where the person sees none."""
    if not number:
        return None
    try:
        item: AgendaItem = seen_sub_resource(session, actor, AgendaItem, dialogue, number, now)
        return item.id
    except NotFound:
        refuse({"item": N_("This item is not on the agenda.")})
    return None
