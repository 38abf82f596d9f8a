"""Adopted records full of canaries, and redacted versions of them."""

from typing import Any, Final

from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Action, Record
from portal import records
from portal.recipients import RecipientList
from portal.records import Marks, Version
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import answered, asked, closed
from tests.records.builders import CERT, begun, points, side, written
from tests.records.circulated_builders import sent

OTHER: Final = CERT  # she takes the notes, and so may confirm what the organiser made
CANARY: Final = "Canary"
GONE: Final = ("Canary", "canary", "Telco", "Zebra", "Heron", "Ibis", "Magpie", "Penguin")
STAYS: Final = ("What stays stands here", "Cloud stays silent", "Report by mail")


def full(session: Session, world: World, *delegations: str, **text: Any) -> Record:
    """An adopted record that says canaries wherever a record can say something."""
    record = begun(session, world, *delegations, **text)
    dialogue = session.get_one(Dialogue, record.dialogue_id)
    said = {
        "notes": "What stays stands here. Zebra was named, CANARY too.\n\n* **Telcos** differ",
        "positions": {
            side(session, world, record, "telco"): "Heron: we deny it.",
            side(session, world, record, "cloud"): "Cloud stays silent.",
        },
    }
    if not dialogue.attributed:
        del said["positions"]
    written(session, world, record, 1, **said)
    written(session, world, record, 2, title="Canary point", notes="Penguin steps.")
    question = asked(session, world, dialogue, text="Shall Magpie be told?")
    answered(session, world, dialogue, question, "telco", "object", "Ibis forbids it.")
    closed(session, world, dialogue, question)
    first, second = points(session, record)
    for point, line in ((first, "Report by mail"), (second, "Feed the penguin")):
        ends = (world.organisations["cloud"].id, world.organisations["telco"].id)
        session.add(
            Action(
                record_id=record.id,
                point_id=point.id,
                organisation_id=ends[0],
                addressee_id=ends[1],
                text=line,
            )
        )
    session.flush()
    looked = {} if dialogue.attributed else {"looked": True}
    record = sent(session, world, record, **looked)
    assert record.silence_until_at is not None
    records.adopt(session, record.ref, record.silence_until_at)
    return record


def version(**said: Any) -> Version:
    """All canaries marked: a point, positions and decisions as a whole, the others by word."""
    kept: dict[str, Any] = {
        "title": "What came of it",
        "tlp": "AMBER+STRICT",
        "marks": Marks(
            frozenset({"1", "0.positions.0", "decisions.0"}), ("Telco", "Zebra", "canary")
        ),
    }
    return Version(**(kept | said))


def to(world: World, *names: str) -> RecipientList:
    """A list of these organisations."""
    return RecipientList(organisations=frozenset(world.organisations[name].id for name in names))


def redacted(
    session: Session, world: World, source: Record, *names: str, by: str = ORGANISER, **said: Any
) -> Record:
    """A redacted version for these organisations (Bank, where none is named)."""
    kept: dict[str, Any] = {
        "version": version(**said),
        "to": to(world, *(names or ("bank",))),
        "now": NOW,
    }
    return records.redact(session, world.actors[by], source.ref, **kept)


def confirmed(session: Session, world: World, source: Record, *names: str, **said: Any) -> Record:
    """A redacted version that another writer confirmed."""
    made = redacted(session, world, source, *names, **said)
    by = world.actors[OTHER]
    return records.confirm(session, by, made.ref, seen=made.version, now=NOW)
