"""Dialogues in every state that has a page of its own, and much on them, for counting."""

from datetime import UTC, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem
from models.dialogues import Attendee, Delegation, Dialogue, Slot, SlotAnswer
from models.stakeholders import Organisation
from portal import dialogues
from portal.dialogues import Shared
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.poll_builders import FIRST, polled
from tests.dialogues.seat_builders import TELCO, item, sat, side, suggest
from tests.factories import published
from tests.records import many as records

MINUTE = timedelta(minutes=1)
PAGES = {
    "dialogues.export_agenda": (TELCO, "/dialogues/{dialogue}/export/agenda"),
    "dialogues.export_invited": (TELCO, "/dialogues/{dialogue}/export/invited"),
    "dialogues.read_readiness": (ORGANISER, "/dialogues/{dialogue}/read-readiness"),
    "dialogues.read_ledger": (ORGANISER, "/dialogues/{dialogue}/read-ledger"),
    "dialogues.answer": (TELCO, "/dialogues/{dialogue}/answer"),
    "dialogues.reschedule": (ORGANISER, "/dialogues/{dialogue}/reschedule"),
    "dialogues.name": (TELCO, "/dialogues/{dialogue}/name"),
    "dialogues.answer_poll": (TELCO, "/dialogues/{polled}/answer-poll"),
    "dialogues.convene": (ORGANISER, "/dialogues/{polled}/convene"),
    "dialogues.propose_times": (ORGANISER, "/dialogues/{polled}/propose-times"),
    "dialogues.poll": (ORGANISER, "/dialogues/{unpolled}/poll"),
    "dialogues.read_answers": (ORGANISER, "/dialogues/{polled}/read-answers"),
    "dialogues.add_document": (TELCO, "/dialogues/{dialogue}/add-document"),
    "dialogues.attend": (ORGANISER, "/dialogues/{dialogue}/attend"),
    "dialogues.cancel": (ORGANISER, "/dialogues/{dialogue}/cancel"),
    "dialogues.check_in": (TELCO, "/dialogues/{dialogue}/check-in"),
    "dialogues.conclude": (ORGANISER, "/dialogues/{held}/conclude"),
    "dialogues.edit": (ORGANISER, "/dialogues/{dialogue}/edit"),
    "dialogues.edit_item": (ORGANISER, "/dialogues/{dialogue}/items/{item}/edit"),
    "dialogues.choose": (TELCO, "/dialogues/choose?about=C-26-ABCDEF"),
    "dialogues.selected": (ORGANISER, "/dialogues/selected?ref={dialogue}&ref={polled}"),
    "dialogues.selected_csv": (ORGANISER, "/dialogues/selected.csv?ref={dialogue}&ref={polled}"),
    "dialogues.index": (ORGANISER, "/dialogues/"),
    "dialogues.draft_dialogue": (ORGANISER, "/dialogues/new"),
    "dialogues.plan": (ORGANISER, "/dialogues/{dialogue}/plan"),
    "dialogues.read": (TELCO, "/dialogues/{dialogue}"),
    "dialogues.seat": (ORGANISER, "/dialogues/{dialogue}/seat"),
    "dialogues.suggest_item": (TELCO, "/dialogues/{dialogue}/suggest-item"),
    "dialogues.unfollow": (TELCO, "/dialogues/{dialogue}/unfollow"),
    "dialogues.write_note": (TELCO, "/dialogues/{dialogue}/write-note"),
    **records.PAGES,
}


def begin(session: Session, world: World) -> dict[str, str]:
    """One dialogue for each page, by the name that its address uses."""
    dialogue = sat(session, world)
    dialogue.asks_check, dialogue.asks_unit = True, "tlp"
    session.flush()
    return {
        "dialogue": dialogue.ref,
        "item": str(item(session, world, dialogue.ref).id),
        "polled": polled(session, world).ref,
        "unpolled": drafted(session, world, "telco").ref,
        "held": sat(session, world, state="held").ref,
        **records.begin(session, world),
    }


def grow(session: Session, world: World, refs: dict[str, str], n: int) -> None:
    """One more of everything that the pages of dialogues list."""
    by, ref = world.actors[TELCO], refs["dialogue"]
    dialogue = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
    telco = side(session, world, dialogue, "telco")
    about = published(session, world, "peace", title=f"Wiper for item {n}").ref
    one = item(session, world, ref, f"Item {n}", links=(about,), minutes=1)
    row = suggest(session, world, ref, to=Shared(), title=f"Wish {n}")
    if n % 2:
        dialogues.take_suggestion(session, world.actors[ORGANISER], ref, row.id, NOW)
    ours = Shared("side", telco)
    document = {"title": f"Paper {n}", "link": f"https://un.example/{n}", "item": one.id}
    dialogues.add_document(session, by, ref, **document, shared=ours, now=NOW)
    dialogues.write_note(session, by, ref, text=f"Note {n}", item=one.id, shared=ours, now=NOW)
    drafted(session, world, "telco", title=f"Draft dialogue {n}")
    sat(session, world, state="held", title=f"Dialogue behind us {n}")
    _seat(session, dialogue, n)
    _offer(session, world, refs["polled"], n)
    records.grow(session, world, refs, n)


def _offer(session: Session, world: World, ref: str, n: int) -> None:
    # One more time, answered by one more delegation as by those before.
    dialogue = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
    slot = Slot(dialogue_id=dialogue.id, starts_at=FIRST.replace(tzinfo=UTC) + n * MINUTE)
    session.add(slot)
    home = session.scalars(
        select(Organisation).where(Organisation.name == f"Wiper hunters {n}")
    ).one_or_none()
    if home is not None:
        session.add(Delegation(dialogue_id=dialogue.id, organisation_id=home.id))
    session.flush()
    by = world.actors[ORGANISER].person_id
    for key in session.scalars(select(Delegation.id).where(Delegation.dialogue_id == dialogue.id)):
        said = SlotAnswer(slot_id=slot.id, delegation_id=key, can="yes", by_id=by, at=NOW)
        session.add(said)
    session.flush()


def _seat(session: Session, dialogue: Dialogue, n: int) -> None:
    # One more delegation, of the organisations that other lists have grown by.
    home = session.scalars(
        select(Organisation).where(Organisation.name == f"Wiper hunters {n}")
    ).one_or_none()
    if home is None:
        return
    delegation = Delegation(dialogue_id=dialogue.id, organisation_id=home.id)
    session.add(delegation)
    session.flush()
    lead = select(Attendee.id).where(Attendee.dialogue_id == dialogue.id).limit(1)
    session.query(AgendaItem).filter_by(title=f"Item {n}").one().lead_id = session.scalar(lead)
