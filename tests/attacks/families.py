"""Families of resources: for each route with two references a parent, its child, and who acts.

Two families of the same people are alike but for their keys: what one parent holds must not answer
at the address of the other. A family can be hidden from everybody who acts.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.commitments import Amendment, Commitment, Condition, ConditionType, Step
from models.dialogues import Attendee, Delegation, Dialogue
from models.exercises import Exercise
from models.notices import Notice
from models.records import Record
from portal import commitments, dialogues, records
from portal.commitments import Shown
from portal.dialogues import Shared
from portal.store import Store
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, reported, terms
from tests.commitments.builders import drafted as promised
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import asked
from tests.dialogues.seat_builders import item, sat, side, suggest
from tests.exercises import builders as exercises
from tests.exercises.test_take_up import found as exercise_finding
from tests.factories import attached, drafted, published
from tests.records.builders import adopted, begun, points, talked
from tests.records.test_action_items import acted

TELCO, CLOUD, MEDIATOR = "liaison@telco", "liaison@cloud", "mediator@peace"


@dataclass(frozen=True)
class Way:
    """One route with two references: who goes it, by which parent and child, with which form."""

    who: str
    parent: str
    child: str
    typed: tuple[tuple[str, str], ...] = ()


# The verb each route is for is really this person's to do to this child: with its own parent.
WAYS: Final = {
    "commitments.asked": Way(TELCO, "amended", "amendment"),
    "commitments.download": Way(CLOUD, "promise", "evidence"),
    "commitments.remove_condition": Way(TELCO, "promise_draft", "condition"),
    "dialogues.close_decision": Way(
        ORGANISER, "talked", "question", (("outcome", "Yes"), ("carried", "yes"))
    ),
    "dialogues.decide": Way(TELCO, "talked", "question_open", (("stance", "agree"),)),
    "dialogues.edit_item": Way(ORGANISER, "dialogue", "item", (("title", "Otherwise"),)),
    "dialogues.lay_suggestion_aside": Way(ORGANISER, "dialogue", "wish_aside"),
    "dialogues.move_item": Way(ORGANISER, "dialogue", "item", (("to", "up"),)),
    "dialogues.remove_item": Way(ORGANISER, "dialogue", "item_out"),
    "dialogues.remove_note": Way(TELCO, "dialogue", "note"),
    "dialogues.remove_document": Way(TELCO, "dialogue", "paper"),
    "dialogues.take_suggestion": Way(ORGANISER, "dialogue", "wish_taken"),
    "dialogues.withdraw_suggestion": Way(TELCO, "dialogue", "wish_back"),
    "exercises.answer": Way(TELCO, "exercise", "inject_given", (("text", "We do."),)),
    "exercises.change_inject": Way(MEDIATOR, "exercise", "inject", (("title", "Otherwise"),)),
    "exercises.release": Way(MEDIATOR, "exercise", "inject_waiting"),
    "exercises.remove_inject": Way(MEDIATOR, "exercise", "inject_out"),
    "exercises.take_up": Way(TELCO, "exercise_over", "finding"),
    "notices.detach": Way(TELCO, "draft", "draft_file"),
    "notices.download": Way("mediator@peace", "notice", "file"),
    "records.move_point": Way(ORGANISER, "record_draft", "point", (("way", "up"),)),
    "records.remove_action": Way(ORGANISER, "record_draft", "action_out"),
    "records.remove_point": Way(ORGANISER, "record_draft", "point", (("version", "1"),)),
    "records.take_up": Way(TELCO, "record", "action"),
}
# Numbers that count within their parent: there is no such child of another one.
COUNTED: Final = {"commitments.read_terms", "notices.edition", "records.edition"}
# No parent and child: a one-time key and the provider that is asked.
NO_CHILD: Final = {"auth.accept", "training.required"}


def family(session: Session, world: World, store: Store) -> dict[str, str]:
    """One resource of each sort with all its children, by the words that WAYS uses."""
    made = _notices(session, world, store) | _commitments(session, world, store)
    made |= _exercises(session, world)
    return made | _dialogues(session, world) | _records(session, world)


def _notices(session: Session, world: World, store: Store) -> dict[str, str]:
    draft, notice = drafted(session, world, "peace"), published(session, world, "peace")
    return {
        "draft": draft.ref,
        "draft_file": attached(session, world, store, draft.ref).ref,
        "notice": notice.ref,
        "file": attached(session, world, store, notice.ref).ref,
    }


def _commitments(session: Session, world: World, store: Store) -> dict[str, str]:
    by = world.actors[TELCO]
    promise, amended = agreed(session, world, "peace"), agreed(session, world, "peace")
    reported(session, world, promise.ref)
    found(session, world, promise.ref, Step.MINIMAL)
    shown = Shown(title="The rota", file_name="rota.txt", content=b"Monday")
    evidence = commitments.add_evidence(session, by, promise.ref, shown=shown, store=store, now=NOW)
    said: Any = {"text": terms(title="Amended"), "why": "Better.", "now": NOW}
    commitments.amend(session, by, amended.ref, version=amended.version, **said)
    draft = promised(session, world, "peace")
    tied: Any = {"on": promise.ref, "condition_type": ConditionType.AFTER, "days": 1, "now": NOW}
    commitments.add_condition(session, by, draft.ref, **tied)
    mine = Amendment.commitment_id == amended.id
    return {
        "promise": promise.ref,
        "evidence": evidence.ref,
        "amended": amended.ref,
        "amendment": str(session.scalars(select(Amendment.id).where(mine)).one()),
        "promise_draft": draft.ref,
        "condition": str(
            session.scalars(select(Condition.id).where(Condition.commitment_id == draft.id)).one()
        ),
    }


def _exercises(session: Session, world: World) -> dict[str, str]:
    running = exercises.running(session, world)
    made = {"exercise": running.ref}
    for word in ("inject", "inject_waiting", "inject_out"):
        made[word] = str(exercises.inject(session, world, running, title=word).id)
    made["inject_given"] = str(
        exercises.given(session, world, running, "For the first", running.changed_at)
    )
    made["exercise_over"], finding = exercise_finding(session, world)
    return {**made, "finding": str(finding)}


def _dialogues(session: Session, world: World) -> dict[str, str]:
    by, dialogue = world.actors[TELCO], sat(session, world)
    ref, ours = dialogue.ref, Shared("side", side(session, world, dialogue, "telco"))
    made = {"dialogue": ref}
    for word in ("item_first", "item", "item_out"):
        made[word] = str(item(session, world, ref, word).id)
    for word in ("wish_aside", "wish_taken", "wish_back"):
        made[word] = str(suggest(session, world, ref, to=Shared(), title=word).id)
    about: Any = {"item": int(made["item"]), "shared": ours, "now": NOW}
    paper = {"title": "Paper", "link": "https://un.example/1"}
    made["paper"] = str(dialogues.add_document(session, by, ref, **paper, **about).id)
    made["note"] = str(dialogues.write_note(session, by, ref, text="Note", **about).id)
    held = talked(session, world)
    made["talked"] = held.ref
    for word in ("question", "question_open"):
        made[word] = str(asked(session, world, held, text=word).id)
    return made


def _records(session: Session, world: World) -> dict[str, str]:
    draft, sealed = begun(session, world), begun(session, world)
    action = acted(session, world, sealed)
    adopted(session, sealed)
    records.add_point(session, world.actors[ORGANISER], draft.ref, title="Spare", now=NOW)
    return {
        "record_draft": draft.ref,
        "point": str(points(session, draft)[-1].id),
        "action_out": str(acted(session, world, draft).id),
        "record": sealed.ref,
        "action": str(action.id),
    }


def hide(session: Session, world: World, made: dict[str, str]) -> None:
    """Give a family to others, so that nobody who acts may read any of it."""
    session.flush()
    far, bank = world.organisations["un"].id, world.organisations["bank"].id
    author = world.actors["observer@un"].person_id
    given = {"organisation_id": far, "author_id": author, "tlp": "RED"}
    refs = set(made.values())
    quiet = {"synchronize_session": False}
    for model, column in (
        (Notice, Recipient.notice_id),
        (Commitment, Recipient.commitment_id),
        (Record, Recipient.record_id),
        (Exercise, Recipient.exercise_id),
    ):
        keys = select(model.id).where(model.ref.in_(refs)).scalar_subquery()
        session.execute(delete(Recipient).where(column.in_(keys)), execution_options=quiet)
        more = {"addressee_id": bank, "verifier_id": None} if model is Commitment else {}
        session.execute(
            update(model).where(model.ref.in_(refs)).values(**given, **more),
            execution_options=quiet,
        )
    talks = select(Record.dialogue_id).where(Record.ref.in_(refs))
    mine = (Dialogue.ref.in_(refs) | Dialogue.id.in_(talks),)
    keys = select(Dialogue.id).where(*mine).scalar_subquery()
    session.execute(delete(Attendee).where(Attendee.dialogue_id.in_(keys)), execution_options=quiet)
    for home, other in (("telco", "bank"), ("cloud", "un")):
        session.execute(
            update(Delegation)
            .where(
                Delegation.dialogue_id.in_(keys),
                Delegation.organisation_id == world.organisations[home].id,
            )
            .values(organisation_id=world.organisations[other].id),
            execution_options=quiet,
        )
    session.execute(update(Dialogue).where(*mine).values(**given), execution_options=quiet)
    session.expire_all()
