"""Recipients under a name ("my usual mediators"): saved from a form, and chosen in another one.

They are their maker's alone and give nothing: whoever loads them chooses what they may choose then.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.saved_views import SavedRecipients
from portal.access import Actor
from portal.errors import NotFound, refuse
from portal.words import N_
from portal.writes import inserting

MOST_SAVED: Final = 50
LONGEST_NAME: Final = 80
Keys = dict[str, list[int]]


def save_recipients(
    session: Session, actor: Actor, name: str, keys: Mapping[str, Collection[int]], now: datetime
) -> None:
    """Save these keys by list, in place of what had the name before.

    Raises Invalid (`list_name`).
    """
    name, found = name.strip(), dict[str, str]()
    mine = SavedRecipients.person_id == actor.person_id
    others = select(func.count()).where(mine, SavedRecipients.name != name)
    if not name:
        found["list_name"] = N_("Give the list a name.")
    elif len(name) > LONGEST_NAME:
        found["list_name"] = N_("This is too long.")
    elif not any(keys.values()):
        found["list_name"] = N_("Choose at least one recipient.")
    elif (session.scalar(others) or 0) >= MOST_SAVED:
        found["list_name"] = N_("Remove a list first: you can have 50.")
    refuse(found)
    said = {"keys": {word: sorted(some) for word, some in keys.items() if some}, "at": now}
    new = inserting(session, SavedRecipients).values(person_id=actor.person_id, name=name, **said)
    again = new.on_conflict_do_update(index_elements=["person_id", "name"], set_=said)
    session.execute(again)


def saved_recipients(session: Session, actor: Actor, key: int) -> Keys:
    """The keys of a list of the person's own, by list; raises NotFound where it is not theirs."""
    mine = (SavedRecipients.person_id == actor.person_id, SavedRecipients.id == key)
    row = session.scalars(select(SavedRecipients).where(*mine)).one_or_none()
    if row is None:
        raise NotFound(str(key))
    return row.keys


def remove_recipients(session: Session, actor: Actor, key: int) -> None:
    """Remove a list of the person's own; to do so twice is to have done it."""
    mine = (SavedRecipients.person_id == actor.person_id, SavedRecipients.id == key)
    session.execute(delete(SavedRecipients).where(*mine))
