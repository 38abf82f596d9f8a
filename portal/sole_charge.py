"""What only one person can act on, for whoever is about to end their roles: there is no master key.

A dialogue whose last organiser has left, and a process without a team, can be moved, recorded and
closed by nobody; so it is said before, while the other people can still be named.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, or_, select, union_all
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Dialogue, DialogueState
from models.processes import Part, Phase, Process, Seat
from portal.access import Actor, readable
from portal.db import alias, spelled_out, written
from portal.parameters import KEY, ME, NOTHING, NOW, at_most, ready
from portal.relations import on_team, organiser
from portal.rules import DIALOGUES, PROCESSES

MOST: Final = 100
OWN, OTHER = alias(Attendee, "own_line"), alias(Attendee, "other_organiser")
MATE = alias(Seat, "other_member")
OPEN: Final = (
    DialogueState.DRAFT,
    DialogueState.POLLING,
    DialogueState.CONVENED,
    DialogueState.HELD,
)


@dataclass(frozen=True)
class SoleCharge:
    """A dialogue or process that nobody else can act on."""

    noun: str
    ref: str
    title: str
    tlp: str


def in_sole_charge(
    session: Session, actor: Actor, now: datetime, organisation_id: int = 0
) -> list[SoleCharge]:
    """What nobody but this person organises or mediates, for an organisation or (0) for any."""
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: organisation_id}
    return [SoleCharge(*row) for row in session.execute(QUESTION, asked)]


def _dialogues() -> Any:
    others = exists().where(
        OTHER.dialogue_id == Dialogue.id,
        OTHER.organises,
        OTHER.person_id != ME,
        organiser.at(Dialogue, OTHER.person_id, NOW),
    )
    shown = readable(
        DIALOGUES, written(DIALOGUES.name).label("noun"), Dialogue.ref, Dialogue.title, Dialogue.tlp
    )
    # Led by one's own lines, which are few; the rule below says which of them still count.
    return shown.join(OWN, OWN.dialogue_id == Dialogue.id).where(
        OWN.person_id == ME,
        OWN.organises,
        spelled_out(Dialogue.state, *OPEN),
        or_(KEY == 0, Dialogue.organisation_id == KEY),
        organiser.at(Dialogue, ME, NOW),
        ~others.correlate(Dialogue),
    )


def _processes() -> Any:
    others = exists().where(
        MATE.process_id == Process.id,
        MATE.part == Part.TEAM,
        MATE.person_id != ME,
        on_team.at(Process, MATE.person_id, NOW),
    )
    return readable(
        PROCESSES,
        written(PROCESSES.name).label("noun"),
        Process.ref,
        Process.cover_name.label("title"),
        NOTHING.label("tlp"),
    ).where(
        Process.state != Phase.CLOSED,
        or_(KEY == 0, Process.organisation_id == KEY),
        on_team.at(Process, ME, NOW),
        ~others.correlate(Process),
    )


def _question() -> Any:
    every = union_all(*(select(*part.subquery().c) for part in (_processes(), _dialogues())))
    found = every.subquery()
    return select(*found.c).order_by(found.c.noun.desc(), found.c.ref).limit(at_most(MOST))


QUESTION: Final = ready(_question())
