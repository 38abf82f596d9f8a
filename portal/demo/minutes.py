"""The records of the demo world: one being written, one going round, one adopted and redacted."""

from sqlalchemy import select

from models.dialogues import Dialogue
from models.records import Point, Record
from portal import dialogues, records
from portal.days import day_of
from portal.demo.host import AGENDA, ZONE, Host
from portal.recipients import RecipientList
from portal.records import ActionText, Marks, PointText, Version

ADOPTED = "How we talk to each other"
BEFORE = (("What each side needs to stay", 30), ("Whom to call at night", 30))
IN_PUBLIC = (("What each side says on its own pages", 30), ("What is left to others", 30))


def record_all(host: Host) -> None:
    """Tell all records, ending now."""
    _going_round(host)
    _redacted(host)
    _being_written(host)


def _going_round(host: Host) -> None:
    purpose = "To hear both accounts of the spread."
    dialogue = host.held("First talks after Ledgerfall", 4, AGENDA, purpose=purpose)
    positions = {
        host.side(dialogue, "telco"): "The update came signed, and was trusted for that.",
        host.side(dialogue, "cloud"): "Tenants were told within hours; more was not known.",
    }
    record = _written(
        host,
        dialogue,
        2,
        PointText(AGENDA[0][0], "Both accounts agree on the first hour.", positions),
        PointText(AGENDA[1][0], "Each side names by the next meeting what it can promise."),
        PointText(AGENDA[2][0], "A list of contact points is kept by the mediators."),
    )
    homes = host.cast.organisations
    action = ActionText(
        homes["cloud"].id,
        homes["telco"].id,
        "Tell tenants of any knock-on harm within 24 hours",
        day_of(host.at(20), ZONE),
    )
    last = _points(host, record)[-1].id
    records.add_action(host.session, host.actor, record.ref, last, text=action, now=host.at(-2))
    _circulated(host, record, 1)


def _redacted(host: Host) -> None:
    purpose = "To agree on how the talks are held, before they are."
    dialogue = host.held(ADOPTED, 9, BEFORE, purpose=purpose)
    positions = {
        host.side(dialogue, "telco"): "No word to the press while a text is open.",
        host.side(dialogue, "cloud"): "Our tenants come before any text.",
    }
    record = _written(
        host,
        dialogue,
        8,
        PointText(BEFORE[0][0], "Nothing is agreed until all of it is agreed.", positions),
        PointText(BEFORE[1][0], "Each side names one number that is answered at night."),
    )
    _circulated(host, record, 8)
    records.adopt(host.session, record.ref, host.at(-2))
    version = Version(
        title="How these talks are held",
        tlp="GREEN",
        marks=Marks(frozenset({"0.positions.0", "0.positions.1"}), ("Telco", "Cloud")),
    )
    others = (host.cast.organisations[home].id for home in ("cert", "un"))
    to = RecipientList(organisations=frozenset(others))
    records.redact(host.session, host.actor, record.ref, version=version, to=to, now=host.at(-1))


def _being_written(host: Host) -> None:
    purpose = "To agree on who says what while the repair goes on."
    dialogue = host.held("What is said in public", 3, IN_PUBLIC, purpose=purpose)
    _written(
        host,
        dialogue,
        1,
        PointText(IN_PUBLIC[0][0], "Each side speaks of its own systems only."),
        PointText(IN_PUBLIC[1][0], "Nobody names who did it before both have seen the text."),
    )
    question = dialogues.call_decision(
        host.session,
        host.actor,
        dialogue.ref,
        text="Shall each side show the other a text one day before it goes out?",
        now=host.at(-1),
    )
    dialogues.decide(
        host.session,
        host.cast.actors["liaison@cloud"],
        dialogue.ref,
        question.id,
        side_id=host.side(dialogue, "cloud"),
        stance="stand-aside",
        reason="One day is not always there.",
        now=host.at(-0.5),
    )


def _written(host: Host, dialogue: Dialogue, ago: float, *said: PointText) -> Record:
    """A draft that says this on its points."""
    at = host.at(-ago)
    record = records.draft_record(host.session, host.actor, dialogue.ref, at)
    for point, text in zip(_points(host, record), said, strict=True):
        records.write(
            host.session,
            host.actor,
            record.ref,
            key=point.id,
            text=text,
            version=point.version,
            now=at,
        )
    return record


def _points(host: Host, record: Record) -> list[Point]:
    found = select(Point).where(Point.record_id == record.id).order_by(Point.number)
    return list(host.session.scalars(found))


def _circulated(host: Host, record: Record, ago: float) -> None:
    at = host.at(-ago)
    sha256 = records.ready(host.session, host.actor, record.ref, at).sha256
    records.circulate(host.session, host.actor, record.ref, days=5, sha256=sha256, now=at)
