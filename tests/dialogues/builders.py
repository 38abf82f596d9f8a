"""Dialogues for tests, made through the service as the people of the cast."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from portal import dialogues
from portal.dialogues import DialogueText, Sends, Table
from tests.cast import NOW, World

ORGANISER = "coordinator@peace"


def said(**values: Any) -> DialogueText:
    """The text of a dialogue; every field can be said otherwise."""
    kept = {"title": "Response teams are left alone", "zone": "Europe/Helsinki", "minutes": 90}
    return DialogueText(**(kept | values))


def seats(world: World, *delegations: str, guests: tuple[tuple[str, str], ...] = ()) -> Table:
    """A table: `telco`, `cloud:2` (two seats), `cert?` (need not come), `bank=liaison@bank`."""
    sends = []
    for one in delegations:
        rest, _, contact = one.partition("=")
        name, _, count = rest.rstrip("?").partition(":")
        sends.append(
            Sends(
                world.organisations[name].id,
                not rest.endswith("?"),
                int(count or 1),
                world.actors[contact].person_id if contact else None,
            )
        )
    people = tuple((world.actors[name].person_id, role) for name, role in guests)
    return Table(frozenset({world.actors[ORGANISER].person_id}), tuple(sends), people)


def drafted(
    session: Session,
    world: World,
    *delegations: str,
    guests: tuple[tuple[str, str], ...] = (),
    at: datetime = NOW,
    **values: Any,
) -> Dialogue:
    """A draft of the mediation body with these delegations at the table."""
    organiser = world.actors[ORGANISER]
    dialogue = dialogues.draft_dialogue(
        session, organiser, world.organisations["peace"].ref, text=said(**values), now=at
    )
    if delegations or guests:
        table = seats(world, *delegations, guests=guests)
        version = dialogue.version
        dialogues.seat(session, organiser, dialogue.ref, table=table, version=version, now=at)
    return dialogue
