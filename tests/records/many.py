"""Records in every state that has a page of its own, and many of them, for counting."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Decision, Record, RecordState
from portal import records
from portal.clock import now
from portal.records import Marks
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import answered, asked, closed
from tests.dialogues.later_builders import recorded
from tests.records.builders import CERT, TELCO, adopted, begun, side, talked, written
from tests.records.circulated_builders import circulated, ready, sent
from tests.records.redacted_builders import redacted
from tests.records.test_action_items import acted

PAGES = {
    "dialogues.close_decision": (ORGANISER, "/dialogues/{talked}/close-decision/{question}"),
    "dialogues.decide": (TELCO, "/dialogues/{talked}/decide/{question}"),
    "dialogues.call_decision": (ORGANISER, "/dialogues/{talked}/call-decision"),
    "records.read_ledger": (ORGANISER, "/records/{record}/read-ledger"),
    "records.circulate": (ORGANISER, "/records/{unlooked}/circulate"),
    "records.choose": (ORGANISER, "/records/new"),
    "records.confirm": (CERT, "/records/{redacted}/confirm"),
    "records.edit": (ORGANISER, "/records/{redacted}/edit"),
    "records.edition": (TELCO, "/records/{sent}/editions/2"),
    "records.selected": (TELCO, "/records/selected?ref={record}&ref={sent}"),
    "records.selected_csv": (TELCO, "/records/selected.csv?ref={record}&ref={sent}"),
    "records.index": (TELCO, "/records/"),
    "records.unfollow": (TELCO, "/records/{record}/unfollow"),
    "records.object": (TELCO, "/records/{sent}/object"),
    "records.object_late": (TELCO, "/records/{record}/object-late"),
    "records.export": (TELCO, "/records/{sent}/export"),
    "records.read": (TELCO, "/records/{record}"),
    "records.recall": (ORGANISER, "/records/{sent}/recall"),
    "records.redact": (ORGANISER, "/records/{record}/redact"),
    "records.comment": (TELCO, "/records/{sent}/comment"),
    "records.write": (ORGANISER, "/records/{record_draft}/write"),
}


def begin(session: Session, world: World) -> dict[str, str]:
    """One record for each page, by the name that its address uses."""
    draft, sealed = begun(session, world), begun(session, world)
    dialogue = session.get_one(Dialogue, draft.dialogue_id)
    question = asked(session, world, dialogue)
    adopted(session, sealed)
    unlooked = ready(session, world, rule="chatham")
    sent_round = circulated(session, world, at=now(), days=30)
    records.recall(session, world.actors[ORGANISER], sent_round.ref, now())
    sent(session, world, sent_round, at=now(), days=30)
    return {
        "unlooked": unlooked.ref,
        "sent": sent_round.ref,
        "redacted": redacted(session, world, sealed, marks=Marks()).ref,
        "record": sealed.ref,
        "record_draft": draft.ref,
        "talked": dialogue.ref,
        "question": str(question.id),
    }


def grow(session: Session, world: World, refs: dict[str, str], n: int) -> None:
    """One more of everything that the pages of records list."""
    draft = session.scalars(select(Record).where(Record.ref == refs["record_draft"])).one()
    dialogue = session.get_one(Dialogue, draft.dialogue_id)
    who, telco = world.actors[ORGANISER], side(session, world, draft, "telco")
    records.add_point(session, who, draft.ref, title=f"Point {n}", now=NOW)
    written(session, world, draft, n % 2 + 1, notes=f"{n}", positions={telco: f"Position {n}"})
    acted(session, world, draft, text=f"Action {n}")
    question = session.get_one(Decision, int(refs["question"]))
    answered(session, world, dialogue, question, "telco", "object", f"Reason {n}")
    one = asked(session, world, dialogue, text=f"Question {n}")
    answered(session, world, dialogue, one, "telco")
    closed(session, world, dialogue, one)
    for state in (RecordState.CIRCULATED, RecordState.ADOPTED):
        talk = talked(session, world, title=f"Wiper talk {n}")
        recorded(session, world, talk, state, days=n + 400)
    for ref, act in ((refs["sent"], records.comment), (refs["record"], records.object_late)):
        said: dict[str, Any] = {
            "words" if act is records.comment else "why": f"Remark {n}",
            "point": None,
        }
        act(session, world.actors[TELCO], ref, now=now(), **said)
    written(session, world, _by(session, refs["unlooked"]), 1, notes=f"Telco said {n}.")
    sealed = session.scalars(select(Record).where(Record.ref == refs["record"])).one()
    redacted(session, world, sealed, marks=Marks())
    _one_more_action(session, world, sealed, n)


def _by(session: Session, ref: str) -> Record:
    return session.scalars(select(Record).where(Record.ref == ref)).one()


def _one_more_action(session: Session, world: World, record: Record, n: int) -> None:
    # A record that is adopted takes no more: it is laid in as if it had been there before.
    state, record.state, digest = record.state, RecordState.DRAFT, record.sha256
    record.sha256 = None
    session.flush()
    acted(session, world, record, text=f"Action {n}")
    record.state, record.sha256 = state, digest
    session.flush()
