"""The dialogues that wait for a person: times, an answer, names, minutes to write."""

from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from models.records import Ballot, Decision
from models.stakeholders import Person
from portal.among import among
from portal.db import in_state
from portal.dialogues.reminders import to_review, without_minutes
from portal.parameters import HOMES, LATELY, ME, NOTHING, NOW, SOON
from portal.relations import (
    asked_by_poll,
    awaited_by_poll,
    nobody_can_respond,
    nobody_comes,
    own_delegation,
    poll_awaited,
    silent_in_poll,
)
from portal.rules import DIALOGUES, READ_TEXT
from portal.rules.verbs import (
    ANSWER,
    ANSWER_POLL,
    CLOSE_DECISION,
    DECIDE,
    DRAFT_RECORD,
    FOLLOW_UP,
    HOLD,
    NAME,
    POLL,
    REMIND,
)
from portal.tasks import Could, OnBehalf, Section, Task, Tasks, could_wait, nearest
from portal.words import N_


def _of_side() -> ColumnElement[bool]:
    return or_(among(Delegation.organisation_id, HOMES), Delegation.contact_id == ME)


def _polls() -> Could:
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


def _silent() -> Could:
    could = could_wait(
        Dialogue.id,
        Delegation.organisation_id,
        by_at=Dialogue.poll_until_at,
        since_at=Dialogue.published_at,
        day_zone=Dialogue.zone,
    )
    return nearest(
        could.join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.POLLING),
            Attendee.person_id == ME,
            Attendee.organises,
            silent_in_poll.at(Delegation, ME, NOW),
            ~nobody_can_respond.at(Delegation, ME, NOW),
        )
        .distinct()
    )


def _begins() -> Could:
    # It begins at an instant; all else that has a time is due on a day.
    return could_wait(Dialogue.id, Dialogue.organisation_id, by_at=Dialogue.starts_at)


def _ahead() -> tuple[ColumnElement[bool], ...]:
    # Once it has begun nobody waits for who comes: the organisers record who did.
    return in_state(Dialogue, DialogueState.CONVENED), Dialogue.starts_at > NOW


def _invitations() -> Could:
    return nearest(
        _begins()
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            *_ahead(),
            Attendee.person_id == ME,
            Attendee.answer == "",
            Attendee.invited_at.is_not(None),
        )
    )


def _unanswered() -> ColumnElement[bool]:
    return exists().where(
        Attendee.dialogue_id == Dialogue.id,
        Attendee.person_id == Person.id,
        Attendee.answer == "",
        Attendee.invited_at.is_not(None),
    )


def _unnamed() -> Could:
    return nearest(
        _begins()
        .join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            *_ahead(),
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


def _undecided() -> Could:
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


def _without_outcome() -> Could:
    ended = and_(Decision.closed_at.is_not(None), Decision.outcome == NOTHING)
    return nearest(
        _questions(ended)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(Attendee.person_id == ME, Attendee.organises)
    )


def _drafts() -> Could:
    begun = could_wait(Dialogue.id, Dialogue.organisation_id, since_at=Dialogue.changed_at)
    return nearest(
        begun.join(Attendee, Attendee.dialogue_id == Dialogue.id).where(
            in_state(Dialogue, DialogueState.DRAFT), Attendee.person_id == ME, Attendee.organises
        )
    )


def _ended(state: DialogueState, *more: ColumnElement[bool]) -> Could:
    # For its organisers, since it ended.
    ended = could_wait(Dialogue.id, Dialogue.organisation_id, since_at=Dialogue.ends_at)
    return nearest(
        ended.join(Attendee, Attendee.dialogue_id == Dialogue.id).where(
            in_state(Dialogue, state), Attendee.person_id == ME, Attendee.organises, *more
        )
    )


def _reviews() -> Could:
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


TASKS: Final = Tasks(
    policy=DIALOGUES,
    title=Dialogue.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            ANSWER_POLL,
            N_("Give your availability"),
            whose="%(who)s",
            until=N_("responses due"),
            could=_polls(),
            page="dialogues.answer_poll",
            on_behalf=OnBehalf(
                (
                    in_state(Dialogue, DialogueState.POLLING),
                    poll_awaited.at(Dialogue, Person.id, NOW),
                ),
                Dialogue.poll_until_at,
                Dialogue.zone,
            ),
        ),
        Task(
            ANSWER,
            N_("Respond to the invitation"),
            whose="%(who)s",
            until=N_("begins"),
            could=_invitations(),
            page="dialogues.answer",
            on_behalf=OnBehalf((*_ahead(), _unanswered()), Dialogue.starts_at),
        ),
        Task(
            NAME,
            N_("Name participants"),
            whose="%(who)s",
            until=N_("begins"),
            could=_unnamed(),
            page="dialogues.name",
        ),
        Task(
            DECIDE,
            N_("Respond to a question"),
            whose="%(who)s",
            until="",
            could=_undecided(),
        ),
        # Minutes are not circulated while a question in them has no outcome.
        Task(
            CLOSE_DECISION,
            N_("Record the decision"),
            whose="%(who)s",
            until="",
            could=_without_outcome(),
        ),
        # Until then there are no minutes of it, and nobody is asked for any.
        Task(
            HOLD,
            N_("Record that it took place"),
            whose="%(who)s",
            until="",
            could=_ended(DialogueState.CONVENED, Dialogue.ends_at <= NOW),
        ),
        Task(
            DRAFT_RECORD,
            N_("Write the minutes"),
            whose="%(who)s",
            until="",
            could=_ended(DialogueState.HELD, without_minutes()),
        ),
        Task(
            FOLLOW_UP,
            N_("Review the decision"),
            whose="%(who)s",
            until=N_("review due"),
            could=_reviews(),
        ),
        Task(
            POLL,
            N_("Finish and find a date"),
            whose="%(who)s",
            until="",
            could=_drafts(),
            section=Section.DRAFTS,
        ),
        Task(
            REMIND,
            N_("Remind"),
            whose=N_("waiting for %(who)s"),
            until=N_("responses due"),
            could=_silent(),
            page="dialogues.remind",
            at_once=True,
            section=Section.OTHERS,
        ),
    ),
)
