"""The coordinator of the demo world at work: what goes before a talk, until it is held."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation, Dialogue
from portal import dialogues
from portal.access import Actor
from portal.days import day_of
from portal.demo.cast import Cast
from portal.dialogues import DialogueText, ItemText, Picked, Sends, Table

ZONE = "Europe/Zurich"
DAY = timedelta(days=1)
AGENDA = (
    ("Where the spread stands", 20),
    ("What each side can promise", 45),
    ("Who is told, and how fast", 25),
)


@dataclass(frozen=True)
class Host:
    """The coordinator at work: who is who, and what time it is."""

    session: Session
    cast: Cast
    process_ref: str
    now: datetime

    @property
    def actor(self) -> Actor:
        """The coordinator."""
        return self.cast.actors["coordinator@peace"]

    def at(self, days: float) -> datetime:
        """An instant so many days from now; negative in the past."""
        return self.now + days * DAY

    def local(self, days: int, hour: int) -> datetime:
        """A time on the wall in the zone of the coordinator, without that zone."""
        day = day_of(self.at(days), ZONE)
        there = datetime.combine(day, time(hour), ZoneInfo(ZONE))
        return there.replace(tzinfo=None)

    def prepared(
        self, title: str, ago: float, agenda: tuple[tuple[str, int], ...] = AGENDA, **said: Any
    ) -> Dialogue:
        """A draft of two organisers with two delegations, a guest, and an agenda."""
        homes, at = self.cast.organisations, self.at(-ago)
        text = DialogueText(title=title, zone=ZONE, minutes=90, **said)
        dialogue = dialogues.draft_dialogue(
            self.session,
            self.actor,
            homes["peace"].ref,
            text=text,
            process_ref=self.process_ref,
            now=at,
        )
        guests = ((self.cast.actors["analyst@cert"].person_id, "observer"),)
        organisers = frozenset({self.actor.person_id, self.cast.actors["mediator@peace"].person_id})
        sends = tuple(Sends(homes[name].id, seats=2) for name in ("telco", "cloud"))
        table = Table(organisers, sends, guests)
        version = dialogue.version
        dialogues.seat(self.session, self.actor, dialogue.ref, table=table, version=version, now=at)
        for point, minutes in agenda:
            item = ItemText(point, minutes=minutes)
            dialogues.plan(self.session, self.actor, dialogue.ref, text=item, now=at)
        return dialogue

    def side(self, dialogue: Dialogue, home: str) -> int:
        """The key of a delegation."""
        organisation = self.cast.organisations[home].id
        return self.session.scalars(
            select(Delegation.id).where(
                Delegation.dialogue_id == dialogue.id, Delegation.organisation_id == organisation
            )
        ).one()

    def named(self, dialogue: Dialogue, home: str, names: tuple[str, ...], ago: float) -> None:
        """A delegation says who comes."""
        actor, at = self.cast.actors[names[0]], self.at(-ago)
        (side,) = dialogues.sides_to_name(self.session, actor, dialogue, at)
        members = dialogues.members_to_name(self.session, dialogue, side, at)
        dialogues.name(
            self.session,
            actor,
            dialogue.ref,
            side_id=self.side(dialogue, home),
            people={self.cast.actors[name].person_id: "participant" for name in names},
            stamp=dialogues.stamp_of_names(members),
            now=at,
        )

    def held(
        self, title: str, ago: int, agenda: tuple[tuple[str, int], ...], **said: Any
    ) -> Dialogue:
        """A dialogue that was held so many days ago; everybody came."""
        dialogue = self.prepared(title, ago + 5, agenda, **said)
        picked = Picked(local=self.local(-ago, 10))
        dialogues.convene(
            self.session, self.actor, dialogue.ref, picked=picked, now=self.at(-ago - 4)
        )
        for home in ("telco", "cloud"):
            self.named(dialogue, home, (f"liaison@{home}",), ago + 3)
        seated = select(Attendee.id).where(Attendee.dialogue_id == dialogue.id)
        people, after = frozenset(self.session.scalars(seated)), self.at(1 - ago)
        dialogues.attend(
            self.session, self.actor, dialogue.ref, came=people, shown=people, now=after
        )
        dialogues.hold(self.session, self.actor, dialogue.ref, after)
        return dialogue
