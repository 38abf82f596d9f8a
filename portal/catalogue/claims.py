"""The entry of claims."""

from typing import Any, Final

from models.claims import Claim, ClaimState
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_MOMENT,
    NO_SERVICE,
    NOT_DUE,
    Activity,
    Beginning,
    Menu,
    Noun,
    Section,
    Without,
    by_title_and_text,
    own_text,
)
from portal.catalogue.processes import named_on_list
from portal.claims.dates import DATES
from portal.claims.listing import could_know
from portal.claims.reminders import LADDERS, email_context
from portal.claims.tasks import TASKS
from portal.parameters import ME
from portal.rules import (
    ASK_REPLY,
    CLAIMS,
    CONSENT,
    CORRECT,
    POST_CLAIM,
    PUBLISH,
    READ,
    READ_LEDGER,
    READ_TEXT,
    REPLY,
    WITHDRAW,
)
from portal.words import N_


def _known(key: Any) -> Any:
    return key.in_(could_know(ME))


CLAIM: Final = Noun(
    policy=CLAIMS,
    label=N_("Claims"),
    one=N_("Claim"),
    endpoint="claims.read",
    menu=Menu("claims.index", N_("Claims"), Section.WORK),
    states={
        ClaimState.DRAFT: N_("draft"),
        ClaimState.ASKED: N_("reply asked"),
        ClaimState.PUBLISHED: N_("published"),
        ClaimState.WITHDRAWN: N_("withdrawn"),
    },
    begins=Beginning(POST_CLAIM, ClaimState.DRAFT),
    title=Claim.title,
    title_verb=READ_TEXT,
    marked=True,
    activity=Activity(
        to_readers={
            PUBLISH: N_("%(who)s published %(what)s"),
            CORRECT: N_("%(who)s issued a correction of %(what)s"),
            WITHDRAW: N_("%(who)s withdrew %(what)s"),
        },
        # Of whom a reply or consent came stands beside the claim itself.
        to_holders={
            READ_LEDGER: {
                ASK_REPLY: N_("%(who)s asked for a reply to %(what)s"),
                REPLY: N_("%(who)s replied to %(what)s"),
                CONSENT: N_("%(who)s agreed to the marking of %(what)s"),
            }
        },
        named_to=(READ,),
        moment=NO_MOMENT,
        proposal=_known,
    ),
    search=by_title_and_text(
        READ_TEXT,
        Claim,
        own_text("claim_words", Claim, Claim.body),
        older=N_("Older claims"),
        proposal=_known,
    ),
    ties=named_on_list(Claim),
    tasks=TASKS,
    dates=DATES,
    norm_tags=Without("its own text says to which norms it is relevant, and has no other links"),
    serves=NO_SERVICE,
    due=NOT_DUE,
    ladders=LADDERS,
    email_context=email_context,
    news=frozenset({CONSENT, REPLY}),
    calendar_entry=NO_ENTRY,
)
