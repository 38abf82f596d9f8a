"""The entry of harm."""

from typing import Any, Final

from models.harm import Harm, HarmState
from portal.catalogue.noun import (
    NO_DATES,
    NO_ENTRY,
    NO_MOMENT,
    NO_NORMS,
    NO_REMINDERS,
    NO_SERVICE,
    NOT_DUE,
    Activity,
    Beginning,
    Menu,
    Noun,
    Section,
    by_title_and_text,
    own_text,
)
from portal.catalogue.processes import named_on_list
from portal.harm.listing import could_know
from portal.harm.tasks import TASKS, email_context
from portal.parameters import ME
from portal.rules import (
    ASK_CONSENT,
    CONSENT,
    CORRECT,
    HARM,
    PUBLISH,
    READ,
    READ_LEDGER,
    READ_TEXT,
    STATE_HARM,
    WITHDRAW,
)
from portal.words import N_


def _known(key: Any) -> Any:
    return key.in_(could_know(ME))


OF_HARM: Final = Noun(
    policy=HARM,
    label=N_("Harm"),
    one=N_("Harm"),
    endpoint="harm.read",
    menu=Menu("harm.index", N_("Harm"), Section.WORK),
    states={
        HarmState.DRAFT: N_("draft"),
        HarmState.ASKED: N_("consent asked"),
        HarmState.PUBLISHED: N_("published"),
        HarmState.WITHDRAWN: N_("withdrawn"),
    },
    begins=Beginning(STATE_HARM, HarmState.DRAFT),
    title=Harm.title,
    title_verb=READ_TEXT,
    marked=True,
    activity=Activity(
        to_readers={
            PUBLISH: N_("%(who)s published %(what)s"),
            CORRECT: N_("%(who)s issued a correction of %(what)s"),
            WITHDRAW: N_("%(who)s withdrew %(what)s"),
        },
        to_holders={
            READ_LEDGER: {
                ASK_CONSENT: N_("%(who)s asked for consent to %(what)s"),
                CONSENT: N_("%(who)s agreed to the marking of %(what)s"),
            },
        },
        named_to=(READ,),
        moment=NO_MOMENT,
        proposal=_known,
    ),
    search=by_title_and_text(
        READ_TEXT,
        Harm,
        own_text("harm_words", Harm, Harm.body),
        older=N_("Older rows of harm"),
        proposal=_known,
    ),
    ties=named_on_list(Harm),
    tasks=TASKS,
    dates=NO_DATES,
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=NOT_DUE,
    ladders=NO_REMINDERS,
    email_context=email_context,
    news=frozenset({CONSENT}),
    calendar_entry=NO_ENTRY,
)
