"""The dialogues of the demo world that lie ahead: prepared, seeking a date, convened."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Answer, Can, Slot
from portal import dialogues
from portal.days import day_of
from portal.demo.cast import Cast
from portal.demo.host import ZONE, Host
from portal.demo.minutes import record_all
from portal.dialogues import Picked, Shared, Times


def talk(session: Session, cast: Cast, process_ref: str, now: datetime) -> None:
    """Tell all dialogues, ending now."""
    host = Host(session, cast, process_ref, now)
    host.prepared("A standing line between response teams", 1, purpose="Who answers at night.")
    _seek_date(host)
    _ahead(host)
    record_all(host)


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
        asks_check=True,
        asks_unit="chatham-house",
    )
    picked = Picked(local=host.local(6, 14))
    dialogues.convene(host.session, host.actor, dialogue.ref, picked=picked, now=host.at(-6))
    host.named(dialogue, "telco", ("liaison@telco", "colleague@telco"), 5)
    telco = host.cast.actors["liaison@telco"]
    dialogues.add_document(
        host.session,
        host.actor,
        dialogue.ref,
        title="What response teams do, on two pages",
        link="https://cert.example/what-we-do",
        shared=Shared("all"),
        now=host.at(-4),
    )
    dialogues.suggest_item(
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
