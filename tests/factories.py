"""Matters for tests, made through the desks as the people of the cast."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.notices import Attachment, Notice
from models.vocabulary import Tlp
from portal import notices
from portal.addressing import Addressing
from portal.notices import NoticeText
from portal.store import Store
from tests.cast import NOW, World


def text(**values: Any) -> NoticeText:
    """A notice's text; every field can be said otherwise."""
    said = {"title": "Wiper in an update", "tlp": Tlp.AMBER_STRICT} | values
    return NoticeText(**(said | {"tlp": Tlp(said["tlp"])}))


def to(world: World, *names: str) -> Addressing:
    """A recipient list of organisations (`peace`) and people (`mediator@peace`)."""
    return Addressing(
        organisations=frozenset(world.organisations[n].id for n in names if "@" not in n),
        people=frozenset(world.actors[n].person_id for n in names if "@" in n),
    )


def drafted(
    session: Session,
    world: World,
    *names: str,
    by: str = "liaison@telco",
    at: datetime = NOW,
    **values: Any,
) -> Notice:
    """A draft of the person's organisation, addressed to these."""
    home = world.organisations[by.partition("@")[2]]
    return notices.draft(
        session, world.actors[by], home.ref, text=text(**values), to=to(world, *names), now=at
    )


def published(
    session: Session,
    world: World,
    *names: str,
    by: str = "liaison@telco",
    at: datetime = NOW,
    **values: Any,
) -> Notice:
    """A published notice, addressed to these."""
    values.setdefault("acknowledge_by_at", at + timedelta(days=2))
    notice = drafted(session, world, *names, by=by, at=at, **values)
    return notices.publish(session, world.actors[by], notice.ref, at)


def attached(
    session: Session, world: World, store: Store, ref: str, by: str = "liaison@telco", **values: Any
) -> Attachment:
    """A file of the notice, added by the person; name and bytes can be said otherwise."""
    said = {"name": "note.txt", "data": b"what we saw", "now": NOW} | values
    return notices.attach(session, world.actors[by], ref, store=store, **said)
