"""The dialogues of the demo world: one prepared, one seeking its date, one ahead, one recorded."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Answer, Attendee, Can, Delegation, Dialogue, Slot
from models.records import Point, Record
from portal import dialogues, records
from portal.access import Actor
from portal.days import day_of
from portal.demo.cast import Cast
from portal.dialogues import DialogueText, ItemText, Picked, Sends, Shared, Table, Times
from portal.records import ActionText, PointText

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

    def prepared(self, title: str, ago: float, **said: Any) -> Dialogue:
        """A draft with two delegations, a guest, and an agenda."""
        homes, at = self.cast.organisations, self.at(-ago)
        text = DialogueText(title=title, zone=ZONE, minutes=90, **said)
        dialogue = dialogues.draft(
            self.session,
            self.actor,
            homes["peace"].ref,
            text=text,
            process_ref=self.process_ref,
            now=at,
        )
        guests = ((self.cast.actors["analyst@cert"].person_id, "observer"),)
        sends = tuple(Sends(homes[name].id, seats=2) for name in ("telco", "cloud"))
        table = Table(frozenset({self.actor.person_id}), sends, guests)
        version = dialogue.version
        dialogues.seat(self.session, self.actor, dialogue.ref, table=table, version=version, now=at)
        for title, minutes in AGENDA:
            item = ItemText(title, minutes=minutes)
            dialogues.add_item(self.session, self.actor, dialogue.ref, text=item, now=at)
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


def talk(session: Session, cast: Cast, process_ref: str, now: datetime) -> None:
    """Tell all dialogues, ending now."""
    host = Host(session, cast, process_ref, now)
    host.prepared("A standing line between response teams", 1, purpose="Who answers at night.")
    _seek_date(host)
    _ahead(host)
    _recorded(host)


def _seek_date(host: Host) -> None:
    dialogue = host.prepared(
        "Restraint while the repair goes on", 3, purpose="What each side leaves undone meanwhile."
    )
    times = {
        n: host.local(days, hour) for n, (days, hour) in enumerate(((9, 9), (10, 14), (11, 16)))
    }
    dialogues.poll(
        host.session,
        host.actor,
        dialogue.ref,
        times=Times(times),
        until_on=day_of(host.at(5), ZONE),
        version=dialogue.version,
        now=host.at(-2),
    )
    telco = host.cast.actors["liaison@telco"]
    side = host.side(dialogue, "telco")
    slots = host.session.scalars(
        select(Slot.id).where(Slot.dialogue_id == dialogue.id).order_by(Slot.starts_at)
    )
    said = dict(zip(slots, (Can.YES, Can.IF_NEED_BE, Can.NO), strict=False))
    dialogues.answer_poll(host.session, telco, dialogue.ref, side=side, said=said, now=host.at(-1))


def _ahead(host: Host) -> None:
    dialogue = host.prepared(
        "Response teams are left alone",
        8,
        purpose="To agree on what it means in practice, after norm k (voluntary).",
        rule="chatham",
        link="https://meet.peace.example/ledgerfall",
    )
    picked = Picked(local=host.local(6, 14))
    dialogues.convene(host.session, host.actor, dialogue.ref, picked=picked, now=host.at(-6))
    host.named(dialogue, "telco", ("liaison@telco", "colleague@telco"), 5)
    telco = host.cast.actors["liaison@telco"]
    dialogues.add_paper(
        host.session,
        host.actor,
        dialogue.ref,
        title="What response teams do, on two pages",
        link="https://cert.example/what-we-do",
        shared=Shared("all"),
        now=host.at(-4),
    )
    dialogues.add_wish(
        host.session,
        telco,
        dialogue.ref,
        title="What counts as a response team",
        why="Ours has no such name.",
        shared=Shared("all"),
        now=host.at(-3),
    )
    dialogues.answer(
        host.session, telco, dialogue.ref, said=Answer.ACCEPTED, sequence=0, now=host.at(-3)
    )


def _recorded(host: Host) -> None:
    dialogue = host.prepared(
        "First talks after Ledgerfall", 12, purpose="To hear both accounts of the spread."
    )
    picked = Picked(local=host.local(-4, 10))
    dialogues.convene(host.session, host.actor, dialogue.ref, picked=picked, now=host.at(-10))
    host.named(dialogue, "telco", ("liaison@telco",), 9)
    host.named(dialogue, "cloud", ("liaison@cloud",), 9)
    people = frozenset(
        host.session.scalars(select(Attendee.id).where(Attendee.dialogue_id == dialogue.id))
    )
    dialogues.attend(
        host.session, host.actor, dialogue.ref, came=people, shown=people, now=host.at(-3)
    )
    dialogues.hold(host.session, host.actor, dialogue.ref, host.at(-3))
    record = records.draft_record(host.session, host.actor, dialogue.ref, host.at(-2.5))
    _write(host, dialogue, record)
    ready = records.ready(host.session, host.actor, record.ref, host.at(-1))
    records.circulate(
        host.session, host.actor, record.ref, days=5, sha256=ready.sha256, now=host.at(-1)
    )


def _write(host: Host, dialogue: Dialogue, record: Record) -> None:
    homes = host.cast.organisations
    points = host.session.scalars(
        select(Point).where(Point.record_id == record.id).order_by(Point.number)
    ).all()
    positions = {
        host.side(dialogue, "telco"): "The update came signed, and was trusted for that.",
        host.side(dialogue, "cloud"): "Tenants were told within hours; more was not known.",
    }
    notes = (
        PointText(points[0].title, "Both accounts agree on the first hour.", positions),
        PointText(points[1].title, "Each side names by the next meeting what it can promise."),
        PointText(points[2].title, "A list of contact points is kept by the mediators."),
    )
    for point, text in zip(points, notes, strict=True):
        records.write_point(
            host.session,
            host.actor,
            record.ref,
            key=point.id,
            text=text,
            version=point.version,
            now=host.at(-2),
        )
    action = ActionText(
        homes["cloud"].id,
        homes["telco"].id,
        "Tell tenants of any knock-on harm within 24 hours",
        day_of(host.at(20), ZONE),
    )
    records.add_action(
        host.session, host.actor, record.ref, points[2].id, text=action, now=host.at(-2)
    )
