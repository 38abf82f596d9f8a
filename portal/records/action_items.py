"""What somebody is to do, written on a point of a record: who, for whom, what, by when."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Delegation, Dialogue
from models.records import Action, Point, Record
from portal.access import Actor
from portal.days import end_of, has_passed
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import transition
from portal.records.lock import lock
from portal.rules import RECORDS
from portal.rules.verbs import WRITE
from portal.words import N_

MOST = 200


@dataclass(frozen=True)
class ActionText:
    """An action as it is written: keys of who does it and for whom, in a line, by which day."""

    organisation_id: int
    addressee_id: int
    text: str
    due_on: date | None = None

    def problems(self, at_table: set[int]) -> dict[str, str]:
        """A message for each field that cannot be taken; both sides sit at the table."""
        found: dict[str, str] = {}
        if self.organisation_id not in at_table:
            found["organisation"] = N_("Choose an organisation that takes part.")
        if self.addressee_id not in at_table:
            found["addressee"] = N_("Choose an organisation that takes part.")
        elif self.addressee_id == self.organisation_id:
            found["addressee"] = N_("An organisation acts for another one, not for itself.")
        if not self.text.strip() or len(self.text) > 200:
            found["text"] = N_("Describe the action in one line of at most 200 characters.")
        return found


def at_table(session: Session, dialogue: Dialogue) -> set[int]:
    """The organisations at the table: the delegations, and the body that convenes them."""
    sent = select(Delegation.organisation_id).where(Delegation.dialogue_id == dialogue.id)
    return {*session.scalars(sent), dialogue.organisation_id}


def add_action(
    session: Session, actor: Actor, ref: str, point_key: int, *, text: ActionText, now: datetime
) -> Action:
    """Write an action on a point; its day is a day in the zone of the dialogue. Raises Invalid."""
    with transition(session, actor, WRITE, RECORDS, ref, now, point=point_key) as record:
        lock(session, record, WRITE, alone=False)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        problems = text.problems(at_table(session, dialogue))
        if has_passed(text.due_on, dialogue.zone, now):
            problems["due_on"] = N_("This day has passed; choose a later one.")
        there = select(Point.id).where(Point.id == point_key, Point.record_id == record.id)
        if session.scalar(there) is None:
            problems["point"] = N_("Choose from the list.")
        refuse(problems | _too_many(session, record))
        action = Action(
            record_id=record.id,
            point_id=point_key,
            organisation_id=text.organisation_id,
            addressee_id=text.addressee_id,
            text=text.text.strip(),
            due_on=text.due_on,
            due_at=end_of(text.due_on, dialogue.zone) if text.due_on else None,
        )
        session.add(action)
        session.flush()
    return action


def _too_many(session: Session, record: Record) -> dict[str, str]:
    keys = session.scalars(select(Action.id).where(Action.record_id == record.id)).all()
    return {"text": N_("Minutes hold at most 200 action items.")} if len(keys) >= MOST else {}


def remove_action(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> None:
    """Take an action out of a draft; raises TooLate when it is gone, Invalid once promised."""
    with transition(session, actor, WRITE, RECORDS, ref, now, action=number) as record:
        lock(session, record, WRITE, alone=False)
        action = session.get(Action, number)
        if action is None or action.record_id != record.id:
            raise TooLate(WRITE)
        if action.commitment_id is not None:
            raise Invalid({"action": N_("It is already a commitment.")})
        session.delete(action)
        session.flush()
