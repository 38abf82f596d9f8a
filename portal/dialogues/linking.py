"""What an item of the agenda is about: notices and commitments, by reference."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.agenda import ABOUT, AgendaItem, AgendaLink
from models.base import columns_to
from portal.access import Actor, visible
from portal.errors import Said, refuse
from portal.parsing import reference
from portal.rules import OF_MODEL, RESOURCE_TYPES
from portal.words import N_

MOST: Final = 20
# By noun that an item can be about, the column of a link that names it.
LINKED: Final = {
    OF_MODEL[model].name: column for model, column in columns_to(AgendaLink, *ABOUT).items()
}


def keep_links(
    session: Session, actor: Actor, item: AgendaItem, refs: tuple[str, ...], now: datetime
) -> None:
    """Let the item be about these; links to what this person may not read stay as they are.

    Raises Invalid (field `links`) for a reference that is not known to this person.
    """
    wanted = frozenset(reference(ref) for ref in refs) - {""}
    if len(wanted) > MOST:
        refuse({"links": N_("An item refers to at most 20 notices and commitments.")})
    found: set[str] = set()
    for name, column in LINKED.items():
        resource_type = RESOURCE_TYPES[name]
        rows = session.execute(
            visible(
                resource_type, actor, now, resource_type.model.id, resource_type.model.ref
            ).where(
                or_(
                    resource_type.model.ref.in_(wanted),
                    resource_type.model.id.in_(_linked(item, column)),
                )
            )
        )
        known: dict[int, str] = {row[0]: row[1] for row in rows}
        chosen = {key for key, ref in known.items() if ref in wanted}
        found |= {known[key] for key in chosen}
        _write(session, item, column, chosen, frozenset(known))
    if wanted - found:
        unknown = Said(
            N_("Not in the portal, or not shared with you: %(refs)s."),
            refs=", ".join(sorted(wanted - found)),
        )
        refuse({"links": unknown})
    session.flush()


def _linked(item: AgendaItem, column: str) -> Any:
    return select(getattr(AgendaLink, column)).where(
        AgendaLink.item_id == item.id, getattr(AgendaLink, column).is_not(None)
    )


def _write(
    session: Session, item: AgendaItem, column: str, chosen: set[int], known: frozenset[int]
) -> None:
    rows = session.scalars(
        select(AgendaLink).where(
            AgendaLink.item_id == item.id, getattr(AgendaLink, column).is_not(None)
        )
    ).all()
    there = {getattr(row, column): row for row in rows}
    for key, row in there.items():
        if key in known and key not in chosen:
            session.delete(row)
    session.add_all(AgendaLink(item_id=item.id, **{column: key}) for key in chosen - set(there))
