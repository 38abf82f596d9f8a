"""A question is put to the delegations; each answers once; the chair says what was decided.

Where no speaker may be named an answer is kept without its delegation. Then nobody sees any before
the question is closed, for answers that come in one by one would tell whose they are; none can be
changed; and with each new one all are laid anew in random order, so that not even the order of
rows in the database tells who answered what.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, make_transient

from models.agenda import AgendaItem, ItemState, Sight
from models.dialogues import Delegation, Dialogue
from models.records import Ballot, Decision, DecisionAnswer, Record, Stance, unguessed
from models.stakeholders import Organisation
from portal.access import Actor, sub_resource
from portal.days import end_of, has_passed
from portal.dialogues.decision_rows import on_record
from portal.errors import Invalid, NotFound, TooLate, refuse
from portal.ledger import transition
from portal.recipients import nobody
from portal.relations import own_delegation
from portal.rules import DIALOGUES
from portal.rules.verbs import CALL_DECISION, CLOSE_DECISION, DECIDE
from portal.words import N_

LONGEST: Final = {"text": 5_000, "outcome": 5_000, "reason": 500}
AGAINST: Final = (Stance.OBJECT, Stance.BLOCK)
ON_AGENDA: Final = (ItemState.PLANNED, ItemState.DONE, ItemState.OPEN)


@dataclass(frozen=True)
class Outcome:
    """What was decided, in words; whether it carried; on which day to look at it again."""

    words: str
    carried: bool
    review_on: date | None = None

    def problems(self) -> dict[str, str]:
        """A message for each field that cannot be taken."""
        if not self.words.strip() or len(self.words) > LONGEST["outcome"]:
            return {"outcome": N_("Describe the decision in one sentence.")}
        return {}


def call_decision(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: str,
    item_id: int | None = None,
    hidden: bool = False,
    now: datetime,
) -> Decision:
    """Put a question to all delegations; whoever answers for one is told. Raises Invalid.

    `hidden` answers are seen by nobody before it is closed; under the Chatham House Rule they are
    hidden in any case.
    """
    with transition(session, actor, CALL_DECISION, DIALOGUES, ref, now) as dialogue:
        problems = {}
        if not text.strip() or len(text) > LONGEST["text"]:
            problems["text"] = N_("Describe in one sentence what is to be decided.")
        if item_id is not None and not _on_agenda(session, dialogue, item_id):
            problems["item"] = N_("This item is not on the agenda.")
        refuse(problems)
        decision = Decision(
            dialogue_id=dialogue.id,
            item_id=item_id,
            text=text.strip(),
            hidden=hidden or not dialogue.attributed,
            by_id=actor.person_id,
            called_at=now,
        )
        session.add(decision)
        session.flush()
    return decision


def _on_agenda(session: Session, dialogue: Dialogue, item_id: int) -> bool:
    # Of an item that only some see the others would learn by the question.
    there = select(AgendaItem.id).where(
        AgendaItem.id == item_id,
        AgendaItem.dialogue_id == dialogue.id,
        AgendaItem.sight == Sight.ALL,
        AgendaItem.state.in_(ON_AGENDA),
    )
    return session.scalar(there) is not None


def _held(session: Session, dialogue: Dialogue, number: int) -> Decision:
    """The question, with nobody else answering or closing it meanwhile."""
    found = select(Decision).where(Decision.id == number, Decision.dialogue_id == dialogue.id)
    fresh = found.with_for_update().execution_options(populate_existing=True)
    decision = session.scalars(fresh).one_or_none()
    if decision is None:
        raise NotFound(dialogue.ref)
    return decision


def decide(
    session: Session,
    actor: Actor,
    ref: str,
    number: int,
    *,
    side_id: int,
    stance: str,
    reason: str = "",
    now: datetime,
) -> None:
    """Answer a question for a delegation that is the person's own side.

    Raises Invalid for a stance that is none or lacks its reason, TooLate once it is closed, and
    for a second answer where answers are kept without a name.
    """
    # The trail says that somebody answered a question, neither which one nor what.
    with transition(session, actor, DECIDE, DIALOGUES, ref, now) as dialogue:
        decision = _held(session, dialogue, number)
        if decision.closed_at is not None:
            raise TooLate(DECIDE)
        refuse(_wrong(stance, reason) | _not_own(session, actor, dialogue, side_id, now))
        said = {"stance": str(Stance(stance)), "reason": reason.strip()}
        try:
            _answer(session, dialogue, decision, side_id, said)
        except IntegrityError as twice:
            raise TooLate(DECIDE) from twice


def _wrong(stance: str, reason: str) -> dict[str, str]:
    if stance not in set(Stance):
        return {"stance": N_("Choose the response of your delegation.")}
    if len(reason.strip()) > LONGEST["reason"]:
        return {"reason": N_("This is too long.")}
    if stance in AGAINST and not reason.strip():
        return {"reason": N_("Give the reason for your objection.")}
    return {}


def _not_own(
    session: Session, actor: Actor, dialogue: Dialogue, side_id: int, now: datetime
) -> dict[str, str]:
    own = select(Delegation.id).where(
        Delegation.id == side_id,
        Delegation.dialogue_id == dialogue.id,
        sub_resource(Delegation, actor.person_id, now),
    )
    if session.scalar(own) is None:
        return {"side": N_("You do not take part in this delegation, and cannot respond for it.")}
    return {}


def _answer(
    session: Session, dialogue: Dialogue, decision: Decision, side_id: int, said: dict[str, str]
) -> None:
    ballot = session.get(Ballot, (decision.id, side_id))
    if ballot is None:
        session.add(Ballot(decision_id=decision.id, delegation_id=side_id))
    new = DecisionAnswer(
        dialogue_id=dialogue.id,
        attributed=dialogue.attributed,
        decision_id=decision.id,
        delegation_id=side_id if dialogue.attributed else None,
        **said,
    )
    every = select(DecisionAnswer).where(DecisionAnswer.decision_id == decision.id)
    if dialogue.attributed:
        mine = every.where(DecisionAnswer.delegation_id == side_id)
        kept = session.scalars(mine).one_or_none()
        if kept is None:
            session.add(new)
        else:
            kept.stance, kept.reason = said["stance"], said["reason"]
    elif ballot is not None:
        raise TooLate(DECIDE)
    else:
        _mix(session, decision, [*session.scalars(every), new])
    session.flush()


def _mix(session: Session, decision: Decision, answers: list[DecisionAnswer]) -> None:
    """Lay all answers anew, in random order and under new keys."""
    session.flush()
    session.execute(
        delete(DecisionAnswer)
        .where(DecisionAnswer.decision_id == decision.id)
        .execution_options(synchronize_session=False)
    )
    secrets.SystemRandom().shuffle(answers)
    for answer in answers:
        make_transient(answer)
        answer.id = unguessed()
        session.add(answer)
        session.flush()


def close_decision(
    session: Session,
    actor: Actor,
    ref: str,
    number: int,
    *,
    outcome: Outcome | None = None,
    seen: str = "",
    now: datetime,
) -> Decision:
    """End the answers to a question, and say what was decided, at once or (for hidden ones) after.

    A question is closed first, then everybody at the table sees the answers, then the chair says
    the outcome: an objection or a block does not decide by itself. It may be said in other words
    while no record of it is with those who were there. Raises TooLate where the outcome is not, or
    no longer, the one that was `seen`, Invalid where answers that are still hidden would be passed
    over, or for bad words.
    """
    with transition(
        session, actor, CLOSE_DECISION, DIALOGUES, ref, now, decision=number
    ) as dialogue:
        decision = _held(session, dialogue, number)
        ended = decision.closed_at is not None
        # Of ends of lines browsers have their own idea.
        as_seen = decision.outcome.split() == seen.split()
        if not as_seen or (ended and outcome is None):
            raise TooLate(CLOSE_DECISION)
        if seen and _on_record(session, dialogue):
            raise TooLate(CLOSE_DECISION)
        if not ended:
            decision.closed_at, decision.carried = now, False
        if outcome is not None:
            if decision.hidden and not ended:
                raise Invalid(
                    {"outcome": N_("Close the responses first: nobody has seen them yet.")}
                )
            refuse(outcome.problems())
            if outcome.review_on != decision.review_on and has_passed(
                outcome.review_on, dialogue.zone, now
            ):
                raise Invalid({"review_on": N_("This day has passed; choose a later one.")})
            decision.outcome, decision.carried = outcome.words.strip(), outcome.carried
            review = outcome.review_on
            decision.review_on = review
            decision.review_at = None if review is None else end_of(review, dialogue.zone)
    return decision


def _on_record(session: Session, dialogue: Dialogue) -> bool:
    # Waits for whoever sends it round at this moment.
    record = select(Record.id).where(Record.dialogue_id == dialogue.id, Record.source_id.is_(None))
    session.execute(record.with_for_update(read=True))
    return bool(session.scalar(select(on_record(dialogue.id))))


def items_to_decide(session: Session, dialogue: Dialogue) -> list[tuple[int, str]]:
    """The items on which a question can be put: those that all at the table see."""
    rows = session.execute(
        select(AgendaItem.id, AgendaItem.title)
        .where(
            AgendaItem.dialogue_id == dialogue.id,
            AgendaItem.sight == Sight.ALL,
            AgendaItem.state.in_(ON_AGENDA),
        )
        .order_by(AgendaItem.number, AgendaItem.id)
    )
    return [(row.id, row.title) for row in rows]


def not_asked(session: Session, dialogue: Dialogue, now: datetime) -> list[str]:
    """The delegations for which nobody could answer a question, by name."""
    rows = (
        select(Organisation.name)
        .join(Delegation, Delegation.organisation_id == Organisation.id)
        .where(Delegation.dialogue_id == dialogue.id, nobody(own_delegation, now, Delegation))
    )
    return list(session.scalars(rows.order_by(Organisation.name)))
