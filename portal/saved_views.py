"""Views of lists: a name for filters and an order, for oneself or for one's organisation.

A view is what an address asks of a list and nothing else: whoever opens it sees what the policy
lets them see then. It changes nothing for anybody but a link, so that it leaves no event.
"""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from models.saved_views import DefaultView, SavedView
from models.stakeholders import Membership, Organisation
from portal.access import Actor, as_column
from portal.errors import NotFound, refuse
from portal.parameters import KEY, ME, NOTHING, NOW, ready
from portal.related import Related, Together, related
from portal.relations import belongs
from portal.words import N_
from portal.writes import inserting

MOST: Final = 50
LONGEST_NAME: Final = 80
LONGEST_QUERY: Final = 1000


@dataclass(frozen=True)
class ViewRow:
    """A view that a person sees: their own, or one that is shared with an organisation of theirs.

    `list` is the name of the list's pages, `is_default` whether the list opens with it.
    """

    id: int
    list: str
    name: str
    query: str
    organisation: str
    own: bool
    is_default: bool


def view_rows() -> Related[ViewRow]:
    """The views of all lists that a person sees, for a page that loads them with other rows."""
    is_default = (
        select(DefaultView.view_id)
        .where(DefaultView.person_id == ME, DefaultView.view_id == SavedView.id)
        .exists()
    )
    question = (
        select(
            SavedView.id,
            SavedView.list,
            SavedView.name,
            SavedView.query,
            func.coalesce(Organisation.name, NOTHING).label("organisation"),
            as_column(SavedView.person_id == ME).label("own"),
            as_column(is_default).label("is_default"),
        )
        .join(Organisation, Organisation.id == SavedView.organisation_id, isouter=True)
        .where(_seen())
        .order_by(SavedView.id)
    )
    return related(ViewRow, question, attrgetter("name", "id"))


def views_of(session: Session, actor: Actor, now: datetime) -> list[ViewRow]:
    """The views of all lists that the person sees, in one query."""
    return VIEWS.load(session, {ME.key: actor.person_id, NOW.key: now})[ViewRow]


def may_share_with(session: Session, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """The organisations to which the person belongs: reference and name."""
    rows = session.execute(HOMES, {ME.key: actor.person_id, NOW.key: now})
    return [(row.ref, row.name) for row in rows]


def save_view(
    session: Session,
    actor: Actor,
    *,
    list_name: str,
    name: str,
    query: str,
    organisation: str = "",
    default: bool = False,
    now: datetime,
) -> None:
    """Save what an address asks of a list under a name; `organisation` (a reference) shares it.

    Raises Invalid for `name` and `organisation`.
    """
    name, found, home = name.strip(), dict[str, str](), None
    mine = (SavedView.person_id == actor.person_id, SavedView.list == list_name)
    names = session.scalars(select(SavedView.name).where(*mine)).all()
    if not name:
        found["name"] = N_("Give the view a name.")
    elif len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        found["name"] = N_("This is too long.")
    elif name in names:
        found["name"] = N_("You have a view with this name.")
    elif len(names) >= MOST:
        found["name"] = N_("Remove a view first: a list has at most 50.")
    if organisation:
        asked = HOMES.where(Organisation.ref == organisation)
        home = session.execute(asked, {ME.key: actor.person_id, NOW.key: now}).one_or_none()
        if home is None:
            found["organisation"] = N_("Choose an organisation that you belong to.")
    refuse(found)
    view = SavedView(
        person_id=actor.person_id,
        organisation_id=home.id if home is not None else None,
        list=list_name,
        name=name,
        query=query,
        at=now,
    )
    session.add(view)
    session.flush()
    if default:
        _open_with(session, actor, view)


def remove_view(session: Session, actor: Actor, key: int) -> str:
    """Remove a view of the person's own; gives back the name of its list.

    Raises NotFound where it is not theirs or not there.
    """
    own = select(SavedView).where(SavedView.id == key, SavedView.person_id == actor.person_id)
    view = session.scalars(own).one_or_none()
    if view is None:
        raise NotFound(str(key))
    session.execute(delete(DefaultView).where(DefaultView.view_id == key))
    session.delete(view)
    return view.list


def set_default(session: Session, actor: Actor, key: int, *, on: bool, now: datetime) -> SavedView:
    """Let the list of a view open with it, or by itself again.

    Raises NotFound where the person does not see the view.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: key}
    view = session.scalars(SEEN, asked).one_or_none()
    if view is None:
        raise NotFound(str(key))
    if on:
        _open_with(session, actor, view)
    else:
        mine = (DefaultView.person_id == actor.person_id, DefaultView.view_id == key)
        session.execute(delete(DefaultView).where(*mine))
    return view


def _open_with(session: Session, actor: Actor, view: SavedView) -> None:
    new = inserting(session, DefaultView).values(
        person_id=actor.person_id, list=view.list, view_id=view.id
    )
    again = new.on_conflict_do_update(
        index_elements=["person_id", "list"], set_={"view_id": view.id}
    )
    session.execute(again)


def _seen() -> Any:
    # A view that is shared goes with its maker: nobody else could remove it.
    # Looked for by index: each list asks for its views, and most are somebody else's.
    homes = select(Membership.organisation_id).where(Membership.person_id == ME)
    shared = and_(
        SavedView.organisation_id.in_(homes),
        belongs(SavedView.organisation_id, ME, NOW),
        belongs(SavedView.organisation_id, SavedView.person_id, NOW),
    )
    return or_(SavedView.person_id == ME, shared)


HOMES: Final = ready(
    select(Organisation.id, Organisation.ref, Organisation.name)
    .where(belongs(Organisation.id, ME, NOW))
    .order_by(Organisation.name)
)
SEEN: Final = ready(select(SavedView).where(SavedView.id == KEY, _seen()))
VIEWS: Final = Together((view_rows(),), MOST * 10).completed()
