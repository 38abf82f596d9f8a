"""The dialogues that wait for a person: times, an answer, names, minutes to write."""

from typing import Final

from models.dialogues import Dialogue, DialogueState
from models.stakeholders import Person
from portal.db import in_state
from portal.dialogues import task_candidates
from portal.dialogues.reminders import without_minutes
from portal.parameters import NOTHING, NOW
from portal.relations import poll_awaited
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
    REMIND_TO_NAME,
)
from portal.tasks import OnBehalf, Section, Task, Tasks
from portal.words import N_

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
            could=task_candidates.polls(),
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
            could=task_candidates.invitations(),
            page="dialogues.answer",
            on_behalf=OnBehalf(
                (*task_candidates.ahead(), task_candidates.unanswered()), Dialogue.starts_at
            ),
        ),
        Task(
            NAME,
            N_("Name participants"),
            whose="%(who)s",
            until=N_("begins"),
            could=task_candidates.unnamed(),
            page="dialogues.name",
        ),
        Task(
            DECIDE,
            N_("Respond to a question"),
            whose="%(who)s",
            until="",
            could=task_candidates.undecided(),
        ),
        # Minutes are not circulated while a question in them has no outcome.
        Task(
            CLOSE_DECISION,
            N_("Record the decision"),
            whose="%(who)s",
            until="",
            could=task_candidates.without_outcome(),
        ),
        # Until then there are no minutes of it, and nobody is asked for any.
        Task(
            HOLD,
            N_("Record that it took place"),
            whose="%(who)s",
            until="",
            could=task_candidates.ended(DialogueState.CONVENED, Dialogue.ends_at <= NOW),
        ),
        Task(
            DRAFT_RECORD,
            N_("Write the minutes"),
            whose="%(who)s",
            until="",
            could=task_candidates.ended(DialogueState.HELD, without_minutes()),
        ),
        Task(
            FOLLOW_UP,
            N_("Review the decision"),
            whose="%(who)s",
            until=N_("review due"),
            could=task_candidates.reviews(),
        ),
        Task(
            POLL,
            N_("Finish and find a date"),
            whose="%(who)s",
            until="",
            could=task_candidates.drafts(),
            section=Section.DRAFTS,
        ),
        Task(
            REMIND,
            N_("Remind"),
            whose=N_("waiting for %(who)s"),
            until=N_("responses due"),
            could=task_candidates.silent(),
            page="dialogues.remind",
            at_once=True,
            section=Section.OTHERS,
        ),
        Task(
            REMIND_TO_NAME,
            N_("Remind"),
            whose=N_("waiting for %(who)s to name participants"),
            until=N_("begins"),
            could=task_candidates.without_names(),
            page="dialogues.remind_to_name",
            at_once=True,
            section=Section.OTHERS,
        ),
    ),
)
