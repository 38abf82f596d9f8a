"""What only one person can act on, for whoever is about to end that: there is no master key.

A dialogue whose last organiser has left, and a process without a team, can be moved, recorded and
closed by nobody; so it is said before, while the other people can still be named. Whoever ends the
role of somebody else is told of what they may read themselves, and of whose people they may see.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Integer, bindparam, exists, or_, select, union_all
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Dialogue, DialogueState
from models.processes import Part, Phase, Process, Seat
from portal.access import Actor, predicate
from portal.db import alias, spelled_out, written
from portal.parameters import KEY, ME, NOTHING, NOW, at_most, ready
from portal.relations import on_team, organiser
from portal.rules import DIALOGUES, PROCESSES, READ_MEMBERS
from portal.rules.verbs import READ_TABLE

MOST: Final = 100
WHOSE: Final = bindparam("whose", type_=Integer())
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
    session: Session, actor: Actor, now: datetime, *, person_id: int = 0, organisation_id: int = 0
) -> list[SoleCharge]:
    """What nobody but a person organises or mediates, as far as the actor may know that.

    It is the actor's own where no other person is named, and of any organisation where none is.
    """
    whose = person_id or actor.person_id
    asked = {ME.key: actor.person_id, WHOSE.key: whose, NOW.key: now, KEY.key: organisation_id}
    return [SoleCharge(*row) for row in session.execute(QUESTION, asked)]


def _dialogues() -> Any:
    others = exists().where(
        OTHER.dialogue_id == Dialogue.id,
        OTHER.organises,
        OTHER.person_id != WHOSE,
        organiser.at(Dialogue, OTHER.person_id, NOW),
    )
    named = written(DIALOGUES.name).label("noun"), Dialogue.ref, Dialogue.title, Dialogue.tlp
    # Led by the person's lines, which are few; the rule below says which of them still count.
    shown = select(*named).join(OWN, OWN.dialogue_id == Dialogue.id)
    return shown.where(
        predicate(DIALOGUES, READ_TABLE, ME, NOW),
        OWN.person_id == WHOSE,
        OWN.organises,
        spelled_out(Dialogue.state, *OPEN),
        or_(KEY == 0, Dialogue.organisation_id == KEY),
        organiser.at(Dialogue, WHOSE, NOW),
        ~others.correlate(Dialogue),
    )


def _processes() -> Any:
    others = exists().where(
        MATE.process_id == Process.id,
        MATE.part == Part.TEAM,
        MATE.person_id != WHOSE,
        on_team.at(Process, MATE.person_id, NOW),
    )
    title, marking = Process.cover_name.label("title"), NOTHING.label("tlp")
    return select(written(PROCESSES.name).label("noun"), Process.ref, title, marking).where(
        predicate(PROCESSES, READ_MEMBERS, ME, NOW),
        Process.state != Phase.CLOSED,
        or_(KEY == 0, Process.organisation_id == KEY),
        on_team.at(Process, WHOSE, NOW),
        ~others.correlate(Process),
    )


def _question() -> Any:
    every = union_all(*(select(*part.subquery().c) for part in (_processes(), _dialogues())))
    found = every.subquery()
    return select(*found.c).order_by(found.c.noun.desc(), found.c.ref).limit(at_most(MOST))


QUESTION: Final = ready(_question())
