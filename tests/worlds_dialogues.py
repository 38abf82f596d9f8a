"""Dialogues and records in which every text carries a canary, and who may see which.

Said in plain Python, from the requirement; nothing of the portal's own policy is asked. Rows are
laid into the tables as they stand later in life: how they come there is tested with the services.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem, Document, SideNote, Sight
from models.dialogues import Attendee, Dialogue, DialogueState
from models.records import (
    Action,
    Decision,
    DecisionAnswer,
    Point,
    Position,
    Record,
    RecordComment,
    RecordEdition,
)
from portal.records import record_text, sha256_of
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import HOURS, comes, convened, recorded, side_of
from tests.worlds import HOMES

DAY = timedelta(days=1)
RULES = (
    ("open", "GREEN"),
    ("limited", "AMBER+STRICT"),
    ("limited", "RED"),
    ("chatham", "AMBER+STRICT"),
    ("closed", "RED"),
)
STATES = ("draft", "convened", "held", "concluded")
# Of telco the liaison is asked and the colleague comes; of cloud the liaison is asked alone.
CONTACTS = {"telco": "liaison@telco", "cloud": "liaison@cloud"}
CAME, GUEST = "colleague@telco", "analyst@cert"
SIDES = {"telco": {"liaison@telco", "colleague@telco"}, "cloud": {"liaison@cloud"}}
TABLE = {ORGANISER, GUEST, *SIDES["telco"], *SIDES["cloud"]}
PRESENT = {CAME, GUEST}
OF_ORGANISATIONS = {name for name, home in HOMES.items() if home in SIDES}
SIGHTS = {
    "all": (Sight.ALL, ""),
    "telco": (Sight.SIDE, "telco"),
    "cloud": (Sight.SIDE, "cloud"),
    "caucus": (Sight.CAUCUS, "telco"),
    "organisers": (Sight.ORGANISERS, ""),
}


@dataclass
class Talk:
    """One dialogue of the world: what it is, and its canaries by sort."""

    ref: str
    rule: str
    tlp: str
    state: str
    record: str = ""
    numbers: list[int] = field(default_factory=list)
    canaries: dict[str, str] = field(default_factory=dict)

    def readers(self) -> set[str]:
        """Who may read the dialogue itself."""
        if self.state == "draft":
            return {ORGANISER}
        if self.tlp == "GREEN":
            return set(HOMES)
        return TABLE | (OF_ORGANISATIONS if self.tlp == "AMBER+STRICT" else set())

    def of_sight(self, sight: str) -> set[str]:
        """Who of its readers sees a part with this sight."""
        seen = {
            "all": set(HOMES),
            "telco": SIDES["telco"],
            "cloud": SIDES["cloud"],
            "caucus": SIDES["telco"] | {ORGANISER},
            "organisers": {ORGANISER},
        }
        return self.readers() & seen[sight]

    def of_record(self) -> set[str]:
        """Who may read its record: sent round while it is held, adopted when it is concluded."""
        if self.state == "concluded":
            return self.readers()
        return PRESENT | {ORGANISER}

    def who_sees(self, sort: str) -> set[str]:
        """Who may see the canary of this sort."""
        if sort in ("title", "purpose"):
            return self.readers()
        if sort in ("place", "link", "decision"):
            return TABLE & self.readers() | (self.of_record() if sort == "decision" else set())
        kind, _, rest = sort.partition("-")
        if kind in ("item", "paper", "note"):
            return self.of_sight(rest)
        if sort == "comment":
            return PRESENT | {ORGANISER}
        if sort == "hidden":
            # What a side has answered it sees itself, to change it; where no name is kept, nobody.
            return set() if self.rule == "chatham" else SIDES["telco"]
        return self.of_record()


@dataclass(frozen=True)
class Talks:
    """The world of dialogues."""

    made: tuple[Talk, ...]

    def allowed(self, name: str) -> set[str]:
        """The canaries that this person may ever come across, by the requirement."""
        return {
            canary
            for talk in self.made
            for sort, canary in talk.canaries.items()
            if name in talk.who_sees(sort)
        }


def build(session: Session, world: World) -> Talks:
    """Lay the world: each rule in every state."""
    made = []
    for row, (rule, tlp) in enumerate(RULES):
        for column, state in enumerate(STATES):
            made.append(_play(session, world, rule, tlp, state, row * len(STATES) + column))
    return Talks(tuple(made))


def _play(session: Session, world: World, rule: str, tlp: str, state: str, n: int) -> Talk:
    talk = Talk("", rule, tlp, state)

    def canary(sort: str) -> str:
        talk.canaries[sort] = f"canary-{sort.replace('-', '')}-{n}x"
        return talk.canaries[sort]

    dialogue = convened(
        session, world, *(f"{home}=" + name for home, name in CONTACTS.items()),
        guests=((GUEST, "participant"),), rule=rule, tlp=tlp,
        title=canary("title"), purpose=canary("purpose"), place=canary("place"),
        link=f"https://x.example/{canary('link')}",
        starts_at=NOW - 2 * HOURS if state in ("held", "concluded") else NOW + 20 * DAY,
    )  # fmt: skip
    talk.ref = dialogue.ref
    comes(session, world, dialogue, CAME, came=True, answer="accepted")
    _place(session, dialogue, state)
    for name, (sight, home) in SIGHTS.items():
        side = side_of(session, world, dialogue, home).id if home else None
        _parts(session, world, talk, dialogue, (name, sight, side), canary)
    if state in ("held", "concluded"):
        _record(session, world, talk, dialogue, canary)
    return talk


def _place(session: Session, dialogue: Dialogue, state: str) -> None:
    dialogue.state = DialogueState(state)
    if state == "draft":
        dialogue.published_at = dialogue.convened_at = dialogue.starts_at = dialogue.ends_at = None
    rows = session.scalars(select(Attendee).where(Attendee.dialogue_id == dialogue.id))
    for row in rows:
        row.came = True if state in ("held", "concluded") else None
    session.flush()


def _parts(
    session: Session,
    world: World,
    talk: Talk,
    dialogue: Dialogue,
    sight: tuple[str, Sight, int | None],
    canary: Any,
) -> None:
    name, seen, side = sight
    shared = {"dialogue_id": dialogue.id, "sight": seen, "side_id": side}
    by = {"by_id": world.actors[ORGANISER].person_id}
    item = AgendaItem(
        **shared, **by, number=len(talk.numbers) + 1, title=canary(f"item-{name}"), created_at=NOW
    )
    paper = Document(
        **shared, **by, title=canary(f"paper-{name}"), link="https://x.example/p", added_at=NOW
    )
    session.add_all([item, paper])
    if seen != Sight.ALL:
        session.add(SideNote(**shared, **by, text=canary(f"note-{name}"), at=NOW))
    session.flush()
    talk.numbers += [item.id, paper.id]


def _record(session: Session, world: World, talk: Talk, dialogue: Dialogue, canary: Any) -> None:
    by = world.actors[ORGANISER].person_id
    telco = side_of(session, world, dialogue, "telco")
    record = recorded(session, world, dialogue, "draft")
    talk.record, record.title = record.ref, canary("record")
    point = Point(
        record_id=record.id, number=1, title=canary("point"), notes=canary("notes"),
        changed_at=NOW, changed_by_id=by,
    )  # fmt: skip
    session.add(point)
    session.flush()
    if dialogue.attributed:
        words = canary("position")
        session.add(
            Position(
                dialogue_id=dialogue.id, point_id=point.id, delegation_id=telco.id, words=words
            )
        )
    homes = world.organisations
    session.add(
        Action(
            record_id=record.id, point_id=point.id, text=canary("action"),
            organisation_id=homes["telco"].id, addressee_id=homes["cloud"].id,
        )
    )  # fmt: skip
    _decide(session, dialogue, by, telco.id, canary)
    _send_round(session, record, talk, by, canary)


def _decide(session: Session, dialogue: Dialogue, by: int, side: int, canary: Any) -> None:
    question = Decision(
        dialogue_id=dialogue.id, text=canary("decision"), by_id=by, called_at=NOW, hidden=True
    )
    session.add(question)
    session.flush()
    session.add(
        DecisionAnswer(
            dialogue_id=dialogue.id,
            attributed=dialogue.attributed,
            decision_id=question.id,
            delegation_id=side if dialogue.attributed else None,
            stance="object",
            reason=canary("hidden"),
        )
    )
    session.flush()


def _send_round(session: Session, record: Record, talk: Talk, by: int, canary: Any) -> None:
    text = record_text(session, record)
    record.edition, record.published_at = 1, NOW
    edition = RecordEdition(
        record_id=record.id, number=1, by_id=by, at=NOW, text=text, sha256=sha256_of(text)
    )
    session.add(edition)
    session.add(
        RecordComment(
            record_id=record.id, edition=1, point_number=1, type="comment",
            words=canary("comment"), by_id=by, at=NOW,
        )
    )  # fmt: skip
    record.state = "circulated"
    # Long ahead: what is read must not be adopted by the reading.
    record.silence_until_at, record.silence_half_at = NOW + 3650 * DAY, NOW + 1800 * DAY
    if talk.state == "concluded":
        record.state, record.adopted_at, record.sha256 = "adopted", NOW, edition.sha256
    session.flush()
