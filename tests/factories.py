"""Resources for tests, made through the services as the people of the cast."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.notices import Attachment, Notice
from models.processes import Process
from models.vocabulary import Tlp
from portal import notices, processes
from portal.media import Upload
from portal.notices import NoticeText
from portal.recipients import RecipientList
from portal.store import Store
from tests.cast import NOW, World


def text(**values: Any) -> NoticeText:
    """A notice's text; every field can be said otherwise."""
    said = {"title": "Wiper in an update", "tlp": Tlp.AMBER_STRICT} | values
    return NoticeText(**(said | {"tlp": Tlp(said["tlp"])}))


def to(world: World, *names: str) -> RecipientList:
    """A recipient list of organisations (`peace`) and people (`mediator@peace`)."""
    return RecipientList(
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
    return notices.post_notice(
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
    file = Upload.of(said["name"], said["data"])
    return notices.attach(session, world.actors[by], ref, file=file, store=store, now=said["now"])


def opened_process(
    session: Session,
    world: World,
    *names: str,
    by: str = "mediator@peace",
    observers: tuple[str, ...] = (),
    at: datetime = NOW,
    **values: Any,
) -> Process:
    """A process of the person's body, with these organisations and people as its parties."""
    home = world.organisations[by.partition("@")[2]]
    said = {"cover_name": "Ledgerfall talks", "context": "Two sides and a wiper."} | values
    process = processes.open_process(session, world.actors[by], home.ref, now=at, **said)
    seated(session, world, process.ref, *names, by=by, observers=observers, at=at)
    return process


def seated(
    session: Session,
    world: World,
    ref: str,
    *names: str,
    by: str = "mediator@peace",
    team: tuple[str, ...] = (),
    observers: tuple[str, ...] = (),
    at: datetime = NOW,
) -> None:
    """Give the seats of a process to exactly these, and to whoever does it."""
    parties = to(world, *names)
    processes.seat(
        session,
        world.actors[by],
        ref,
        parties=parties.organisations,
        people=parties.people,
        observers=to(world, *observers).organisations,
        team=to(world, by, *team).people,
        now=at,
    )


def sent_to(
    session: Session,
    world: World,
    process: Process,
    by: str = "liaison@telco",
    at: datetime = NOW,
    **values: Any,
) -> Notice:
    """A published notice, addressed to a process in which its author has a seat."""
    home = world.organisations[by.partition("@")[2]]
    named = RecipientList(processes=frozenset({process.id}))
    actor, said = world.actors[by], text(acknowledge_by_at=at + timedelta(days=2), **values)
    notice = notices.post_notice(session, actor, home.ref, text=said, to=named, now=at)
    return notices.publish(session, actor, notice.ref, at)
