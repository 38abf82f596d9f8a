"""The entry of completions: the learner's own, and told to nobody else."""

from typing import Final

from models.training import Completion, CompletionState
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_NEWS,
    NO_NORMS,
    NOT_DUE,
    Beginning,
    Menu,
    Noun,
    Section,
    Service,
    Without,
)
from portal.db import in_state
from portal.parameters import NOW
from portal.rules import BEGIN_UNIT, READ, TRAINING
from portal.training.reminders import LADDERS, email_context
from portal.training.tasks import TASKS
from portal.words import N_

SERVES: Final = (
    Service(
        key="training",
        name=N_("Completed training"),
        says=N_("Completed units that have not expired: your own, and of people you administer."),
        at=Completion.completed_at,
        narrowed=(in_state(Completion, CompletionState.COMPLETED), Completion.expires_at > NOW),
        measures=frozenset({"un-oewg-global-cbm-6"}),
    ),
)

COMPLETION: Final = Noun(
    policy=TRAINING,
    label=N_("Completions"),
    one=N_("Completion"),
    endpoint="training.read",
    menu=Menu("training.index", N_("Training"), Section.WHO),
    states={
        CompletionState.UNDER_WAY: N_("under way"),
        CompletionState.COMPLETED: N_("completed"),
        CompletionState.ERASED: N_("erased"),
    },
    begins=Beginning(BEGIN_UNIT, CompletionState.UNDER_WAY),
    title=Without("it is named by its unit, whose title is in the language of the reader"),
    title_verb=READ,
    marked=False,
    activity=Without("what somebody learns is news for nobody"),
    search=Without("units are looked for, and who completed one is not"),
    ties=Without("it belongs to its learner, and to no process"),
    tasks=TASKS,
    dates=Without("a calendar is looked at together with others; its learner is reminded alone"),
    norm_tags=NO_NORMS,
    serves=SERVES,
    due=NOT_DUE,
    ladders=LADDERS,
    email_context=email_context,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)
