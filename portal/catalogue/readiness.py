"""The entry of self-checks: nobody but the respondent is told anything about one."""

from typing import Final

from models.readiness import CheckState
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_NEWS,
    NO_NORMS,
    NO_SERVICE,
    NOT_DUE,
    Beginning,
    Menu,
    Noun,
    Section,
    Without,
)
from portal.readiness.reminders import LADDERS, email_context
from portal.readiness.tasks import TASKS
from portal.rules import BEGIN_SELF_CHECK, READ, READINESS
from portal.words import N_

SELF_CHECK: Final = Noun(
    policy=READINESS,
    label=N_("Self-checks"),
    one=N_("Self-check"),
    endpoint="readiness.read",
    menu=Menu("readiness.index", N_("Readiness"), Section.WHO),
    states={
        CheckState.OPEN: N_("not finished"),
        CheckState.COMPLETED: N_("completed"),
        CheckState.ERASED: N_("erased"),
    },
    begins=Beginning(BEGIN_SELF_CHECK, CheckState.OPEN),
    title=Without("it is named by whom it is about, and its answers are sealed"),
    title_verb=READ,
    marked=False,
    activity=Without("what somebody answers about themselves is news for nobody"),
    search=Without("its answers are sealed, and one has few of them"),
    ties=Without("it belongs to its respondent, and to no process"),
    tasks=TASKS,
    dates=Without("a calendar is looked at together with others; its respondent is reminded alone"),
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=NOT_DUE,
    ladders=LADDERS,
    email_context=email_context,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)
