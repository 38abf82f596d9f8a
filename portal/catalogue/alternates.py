"""The entry of alternates: known to the two, to their administrators and to the steward."""

from typing import Final

from models.alternates import AlternateState
from portal.alternates.emails import email_context
from portal.alternates.reminders import LADDERS
from portal.alternates.tasks import TASKS
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_NEWS,
    NO_NORMS,
    NO_SERVICE,
    Beginning,
    Noun,
    Without,
)
from portal.rules import ALTERNATES, DECLARE_ALTERNATE, READ
from portal.words import N_

OF_ALTERNATES: Final = Noun(
    policy=ALTERNATES,
    label=N_("Alternates"),
    one=N_("Alternate"),
    endpoint="alternates.read",
    menu=Without("it stands in one's account and on the page of the organisation, and is rare"),
    states={
        AlternateState.DECLARED: N_("no response yet"),
        AlternateState.ACCEPTED: N_("accepted"),
        AlternateState.DECLINED: N_("declined"),
        AlternateState.ENDED: N_("ended"),
    },
    begins=Beginning(DECLARE_ALTERNATE, AlternateState.DECLARED),
    title=Without("it is named by the two people whom it is about"),
    title_verb=READ,
    marked=False,
    activity=Without("who is away is news for the two alone, who are notified by e-mail"),
    search=Without("a search for a name must not tell who is away"),
    ties=Without("it belongs to two people, and to no process"),
    tasks=TASKS,
    dates=Without("a calendar is looked at together with others, and would tell who is away"),
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=Without("that its time has come or is over is a question to the clock"),
    ladders=LADDERS,
    email_context=email_context,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)
