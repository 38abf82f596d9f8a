"""An action of an adopted record becomes a commitment of whoever is to do it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.dialogues import Attendee, Delegation
from models.records import Action, Record
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, authorize, visible
from portal.errors import Invalid, NotFound, TooLate
from portal.ledger import transition
from portal.recipients import RecipientList
from portal.rules import ADDRESSABLE, ORGANISATIONS, PEOPLE, RECORDS
from portal.rules.verbs import TAKE_UP
from portal.words import N_


@dataclass(frozen=True)
class Task:
    """What a commitment is made from: who promises to whom, what, by when, and who reads it."""

    organisation_ref: str
    addressee_id: int
    text: str
    due_on: date | None
    tlp: Tlp
    to: RecipientList


def task(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> Task:
    """What the commitment would say; whether the person binds the organisation is asked there.

    Raises what `access.authorize` raises, NotFound for no action of this record, TooLate when it is
    a commitment already.
    """
    record = authorize(session, actor, TAKE_UP, RECORDS, ref, now)
    action = _action(session, record, number)
    if action.commitment_id is not None:
        raise TooLate(TAKE_UP)
    tlp = Tlp(record.tlp)
    home = session.get_one(Organisation, action.organisation_id)
    to = _readers(session, actor, record, tlp, now)
    return Task(home.ref, action.addressee_id, action.text, action.due_on, tlp, to)


def _action(session: Session, record: Record, number: int) -> Action:
    action = session.get(Action, number)
    if action is None or action.record_id != record.id:
        raise NotFound(record.ref)
    return action


def _readers(
    session: Session, actor: Actor, record: Record, tlp: Tlp, now: datetime
) -> RecipientList:
    # Those who read the record; the marking says whether organisations or people alone can be.
    if "organisation" in ADDRESSABLE[tlp]:
        sent = select(Delegation.organisation_id).where(
            Delegation.dialogue_id == record.dialogue_id
        )
        return RecipientList(organisations=_known(session, actor, ORGANISATIONS, sent, now))
    came = select(Attendee.person_id).where(
        Attendee.dialogue_id == record.dialogue_id,
        Attendee.came.is_(True),
        Attendee.person_id == Person.id,
    )
    return RecipientList(people=_known(session, actor, PEOPLE, came, now))


def _known(
    session: Session, actor: Actor, resource_type: Any, keys: Any, now: datetime
) -> frozenset[int]:
    # Whoever left the portal, or is not known to this person, is no reader that they could name.
    key = resource_type.model.id
    return frozenset(session.scalars(visible(resource_type, actor, now, key).where(key.in_(keys))))


def take_up(
    session: Session,
    actor: Actor,
    ref: str,
    number: int,
    commitment: Commitment,
    now: datetime,
) -> None:
    """Keep that this commitment, drafted in the same transaction, is what the action became.

    Raises TooLate when another one was faster, Invalid when it is not of who is to do it.
    """
    with transition(session, actor, TAKE_UP, RECORDS, ref, now, action=number) as record:
        action = _action(session, record, number)
        parties = (commitment.organisation_id, commitment.addressee_id)
        if parties != (action.organisation_id, action.addressee_id):
            raise Invalid(
                {"action": N_("The parties of the commitment are not those of the action item.")}
            )
        taken = session.scalar(
            update(Action)
            .where(Action.id == number, Action.commitment_id.is_(None))
            .values(commitment_id=commitment.id)
            .returning(Action.id)
            .execution_options(synchronize_session=False)
        )
        if taken is None:
            raise TooLate(TAKE_UP)
        session.refresh(action)
