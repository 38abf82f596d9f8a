"""Dialogues that people sit at, in any state: the table is filled as the invitations would."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem
from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from portal import dialogues
from portal.dialogues import ItemText, Shared
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted

TELCO, CLOUD, GUEST, OUTSIDER = "liaison@telco", "liaison@cloud", "analyst@cert", "liaison@bank"
STARTS = NOW + timedelta(days=1)


def sat(
    session: Session,
    world: World,
    *delegations: str,
    state: str = DialogueState.CONVENED,
    starts_at: datetime | None = STARTS,
    **values: Any,
) -> Dialogue:
    """A dialogue of Telco, Cloud and a guest (or of those delegations); the liaisons come."""
    guests = ((GUEST, "observer"),)
    names = delegations or ("telco", "cloud")
    dialogue = drafted(session, world, *names, guests=guests, **values)
    notified(dialogue, state, starts_at)
    for name in names:
        home = name.partition(":")[0].partition("=")[0].rstrip("?")
        person = world.actors.get(f"liaison@{home}")
        if person is not None:
            row = Attendee(dialogue_id=dialogue.id, person_id=person.person_id)
            row.delegation_id = side(session, world, dialogue, home)
            session.add(row)
    session.flush()
    return dialogue


def notified(
    dialogue: Dialogue,
    state: str = DialogueState.CONVENED,
    starts_at: datetime | None = STARTS,
) -> None:
    """Let a draft be known to its table."""
    dialogue.state, dialogue.published_at = state, NOW
    if starts_at is not None:
        dialogue.starts_at = starts_at
        dialogue.ends_at = starts_at + timedelta(minutes=dialogue.minutes)


def side(session: Session, world: World, dialogue: Dialogue, home: str) -> int:
    """The key of the delegation of an organisation of the cast."""
    return session.scalars(
        select(Delegation.id).where(
            Delegation.dialogue_id == dialogue.id,
            Delegation.organisation_id == world.organisations[home].id,
        )
    ).one()


def item(
    session: Session,
    world: World,
    ref: str,
    title: str = "Restraint",
    *,
    by: str = ORGANISER,
    at: datetime = NOW,
    **values: Any,
) -> AgendaItem:
    """An item that an organiser puts on the agenda."""
    text = ItemText(title=title, **values)
    return dialogues.plan(session, world.actors[by], ref, text=text, now=at)


def suggest(
    session: Session, world: World, ref: str, by: str = TELCO, *, to: Shared, title: str = "A wish"
) -> AgendaItem:
    """A suggestion of somebody at the table."""
    said = {"title": title, "why": "Because.", "shared": to, "now": NOW}
    return dialogues.suggest_item(session, world.actors[by], ref, **said)


def attendee(session: Session, world: World, dialogue: Dialogue, name: str) -> Attendee:
    """The line of somebody at the table."""
    return session.scalars(
        select(Attendee).where(
            Attendee.dialogue_id == dialogue.id,
            Attendee.person_id == world.actors[name].person_id,
        )
    ).one()


def titles(session: Session, ref: str) -> list[str]:
    """The titles of the agenda in their order, without wishes."""
    rows = session.scalars(
        select(AgendaItem)
        .join(Dialogue, Dialogue.id == AgendaItem.dialogue_id)
        .where(Dialogue.ref == ref, AgendaItem.state != "suggested")
        .order_by(AgendaItem.number)
    )
    return [row.title for row in rows]
