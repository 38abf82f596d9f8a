"""Which dialogues could wait for a person: cheap candidates, of which the policy decides."""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from models.records import Ballot, Decision
from models.stakeholders import Person
from portal.among import among
from portal.db import in_state
from portal.dialogues.reminders import to_review
from portal.dialogues.reminding import silent_sides, unnamed_sides
from portal.parameters import HOMES, LATELY, ME, NOTHING, NOW, SOON
from portal.relations import (
    asked_by_poll,
    awaited_by_poll,
    nobody_comes,
    own_delegation,
)
from portal.tasks import Could, could_wait, nearest


def _of_side() -> ColumnElement[bool]:
    return or_(among(Delegation.organisation_id, HOMES), Delegation.contact_id == ME)


def polls() -> Could:
    """What the poll asks of one's own sides."""
    could = could_wait(
        Dialogue.id,
        Dialogue.organisation_id,
        by_at=Dialogue.poll_until_at,
        day_zone=Dialogue.zone,
    )
    return nearest(
        could.join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.POLLING),
            _of_side(),
            asked_by_poll.at(Delegation, ME, NOW),
            awaited_by_poll.at(Delegation, ME, NOW),
        )
        .distinct()
    )


def silent() -> Could:
    """Delegations that have not answered a poll that one organises."""
    could = could_wait(
        Dialogue.id,
        Delegation.organisation_id,
        by_at=Dialogue.poll_until_at,
        since_at=Dialogue.published_at,
        day_zone=Dialogue.zone,
        reminded_at=Delegation.reminded_at,
    )
    return _organised(could, in_state(Dialogue, DialogueState.POLLING), *silent_sides(NOW))


def without_names() -> Could:
    """Delegations that have named nobody for what one organises."""
    could = could_wait(
        Dialogue.id,
        Delegation.organisation_id,
        by_at=Dialogue.starts_at,
        since_at=Dialogue.convened_at,
        reminded_at=Delegation.reminded_at,
    )
    return _organised(could, *ahead(), *unnamed_sides(NOW))


def _organised(could: Could, *awaited: ColumnElement[bool]) -> Could:
    # Delegations of what the reader organises.
    return nearest(
        could.join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(Attendee.person_id == ME, Attendee.organises, *awaited)
        .distinct()
    )


def _begins() -> Could:
    # It begins at an instant; all else that has a time is due on a day.
    return could_wait(Dialogue.id, Dialogue.organisation_id, by_at=Dialogue.starts_at)


def ahead() -> tuple[ColumnElement[bool], ...]:
    """Of a dialogue: it is convened and has not begun."""
    # Once it has begun nobody waits for who comes: the organisers record who did.
    return in_state(Dialogue, DialogueState.CONVENED), Dialogue.starts_at > NOW


def invitations() -> Could:
    """Invitations that one has not answered."""
    return nearest(
        _begins()
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            *ahead(),
            Attendee.person_id == ME,
            Attendee.answer == "",
            Attendee.invited_at.is_not(None),
        )
    )


def unanswered() -> ColumnElement[bool]:
    """Of a dialogue and whoever is away: they have not answered its invitation."""
    return exists().where(
        Attendee.dialogue_id == Dialogue.id,
        Attendee.person_id == Person.id,
        Attendee.answer == "",
        Attendee.invited_at.is_not(None),
    )


def unnamed() -> Could:
    """One's own sides that have named nobody."""
    return nearest(
        _begins()
        .join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            *ahead(),
            _of_side(),
            nobody_comes.at(Delegation, ME, NOW),
        )
        .distinct()
    )


def _questions(open_: ColumnElement[bool]) -> Could:
    # Of several questions of a dialogue the first that was called speaks for all.
    first = select(func.min(Decision.called_at)).where(Decision.dialogue_id == Dialogue.id, open_)
    since = first.correlate(Dialogue).scalar_subquery()
    called = could_wait(Dialogue.id, Dialogue.organisation_id, since_at=since)
    met = or_(in_state(Dialogue, DialogueState.CONVENED), in_state(Dialogue, DialogueState.HELD))
    return called.join(Decision, Decision.dialogue_id == Dialogue.id).where(met, open_).distinct()


def undecided() -> Could:
    """Questions that one's own sides have not answered."""
    answered = exists().where(
        Ballot.decision_id == Decision.id, Ballot.delegation_id == Delegation.id
    )
    return nearest(
        _questions(Decision.closed_at.is_(None))
        .join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            among(Delegation.organisation_id, HOMES),
            own_delegation.at(Delegation, ME, NOW),
            ~answered.correlate(Decision, Delegation),
        )
    )


def without_outcome() -> Could:
    """Questions that are closed, and have no outcome yet."""
    ended = and_(Decision.closed_at.is_not(None), Decision.outcome == NOTHING)
    return nearest(
        _questions(ended)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(Attendee.person_id == ME, Attendee.organises)
    )


def drafts() -> Could:
    """One's own drafts."""
    begun = could_wait(Dialogue.id, Dialogue.organisation_id, since_at=Dialogue.changed_at)
    return nearest(
        begun.join(Attendee, Attendee.dialogue_id == Dialogue.id).where(
            in_state(Dialogue, DialogueState.DRAFT), Attendee.person_id == ME, Attendee.organises
        )
    )


def ended(state: DialogueState, *more: ColumnElement[bool]) -> Could:
    """What one organises that is over and in this state."""
    # For its organisers, since it ended.
    ended = could_wait(Dialogue.id, Dialogue.organisation_id, since_at=Dialogue.ends_at)
    return nearest(
        ended.join(Attendee, Attendee.dialogue_id == Dialogue.id).where(
            in_state(Dialogue, state), Attendee.person_id == ME, Attendee.organises, *more
        )
    )


def reviews() -> Could:
    """Decisions whose review is due, in what one organises."""
    # From the first e-mail on; nothing but a next dialogue says that it was reviewed, so that it
    # does not wait for ever.
    could = could_wait(
        Dialogue.id,
        Dialogue.organisation_id,
        by_at=Decision.review_at,
        day_zone=Dialogue.zone,
    )
    return nearest(
        could.join(Decision, Decision.dialogue_id == Dialogue.id)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            *to_review(),
            Decision.review_at <= SOON,
            Decision.review_at > LATELY,
            Attendee.person_id == ME,
            Attendee.organises,
        )
        .distinct()
    )
