"""Forms of dialogues that create."""

from sqlalchemy.orm import Session

from tests.cast import World
from tests.dialogues import builders
from tests.dialogues.decision_builders import seated as to_decide
from tests.dialogues.invitation_builders import convened
from tests.dialogues.poll_builders import polled
from tests.dialogues.seat_builders import sat
from tests.forms.filled import ORGANISER, TELCO, Scene, Sent
from tests.records.builders import talked


def _dialogue(_session: Session, world: World) -> Sent:
    home = world.organisations["peace"].ref
    return Sent(ORGANISER, "/dialogues/new", {"title": "Talks", "organisation": home}, "title")


def _seat_dialogue(session: Session, world: World) -> Sent:
    path = f"/dialogues/{builders.drafted(session, world).ref}/seat"
    chosen = str(world.organisations["telco"].id)
    typed = {"delegations-0-organisation": chosen, "delegations-0-seats": "1"}
    return Sent(ORGANISER, path, typed, "delegations-0-seats")


def _plan(session: Session, world: World) -> Sent:
    path = f"/dialogues/{sat(session, world).ref}/plan"
    return Sent(ORGANISER, path, {"title": "Restraint"}, "title")


def _suggestion(session: Session, world: World) -> Sent:
    path = f"/dialogues/{sat(session, world).ref}/suggest-item"
    return Sent(TELCO, path, {"title": "A hotline"}, "title")


def _document(session: Session, world: World) -> Sent:
    path = f"/dialogues/{sat(session, world).ref}/add-document"
    return Sent(TELCO, path, {"title": "Norm f", "link": "https://un.example/f"}, "title")


def _note(session: Session, world: World) -> Sent:
    path = f"/dialogues/{sat(session, world).ref}/write-note"
    return Sent(TELCO, path, {"text": "Ask for more."}, "text")


def _arrival(session: Session, world: World) -> Sent:
    page = f"/dialogues/{sat(session, world).ref}/attend"
    person = str(world.actors["liaison@bank"].person_id)
    return Sent(ORGANISER, f"{page}/add", {"person": person, "side": "0"}, "person", page)


def _follow_up(session: Session, world: World) -> Sent:
    page = f"/dialogues/{sat(session, world, state='held').ref}"
    return Sent(ORGANISER, f"{page}/follow-up", page=page)


def _draft_record(session: Session, world: World) -> Sent:
    page = f"/dialogues/{talked(session, world).ref}"
    return Sent(ORGANISER, f"{page}/draft-record", page=page)


def _poll(session: Session, world: World) -> Sent:
    path = f"/dialogues/{builders.drafted(session, world, 'telco', 'cloud').ref}/poll"
    typed = {"at_0": "2027-02-03T14:00", "at_1": "2027-02-02 09:30", "until": "2027-01-29"}
    typed["seen"] = "2027-02-02T09:30 2027-02-03T14:00"
    return Sent(ORGANISER, path, typed, "until")


def _offer(session: Session, world: World) -> Sent:
    path = f"/dialogues/{polled(session, world).ref}/propose-times"
    typed = {"at_0": "2027-02-09T14:00", "seen": "2027-02-09T14:00", "until": "2027-01-29"}
    return Sent(ORGANISER, path, typed, "until")


def _remind(session: Session, world: World) -> Sent:
    ref = polled(session, world).ref
    return Sent(ORGANISER, f"/dialogues/{ref}/remind", page=f"/dialogues/{ref}/read-answers")


def _remind_to_name(session: Session, world: World) -> Sent:
    ref = convened(session, world).ref
    return Sent(ORGANISER, f"/dialogues/{ref}/remind-to-name", page=f"/dialogues/{ref}")


def _put(session: Session, world: World) -> Sent:
    path = f"/dialogues/{to_decide(session, world).ref}/call-decision"
    return Sent(ORGANISER, path, {"text": "Do we agree?"}, "text")


SCENES: dict[str, Scene] = {
    "dialogues.add_arrival": _arrival,
    "dialogues.add_document": _document,
    "dialogues.draft_record": _draft_record,
    "dialogues.follow_up": _follow_up,
    "dialogues.draft_dialogue": _dialogue,
    "dialogues.remind": _remind,
    "dialogues.remind_to_name": _remind_to_name,
    "dialogues.propose_times": _offer,
    "dialogues.plan": _plan,
    "dialogues.poll": _poll,
    "dialogues.call_decision": _put,
    "dialogues.seat": _seat_dialogue,
    "dialogues.suggest_item": _suggestion,
    "dialogues.write_note": _note,
}
