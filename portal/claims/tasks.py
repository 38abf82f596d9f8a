"""The claims that wait for a person: to reply, to consent, to publish."""

from typing import Any, Final

from sqlalchemy import exists, or_

from models.claims import Claim, ClaimState
from models.notices import Notice
from portal.among import among
from portal.db import in_state
from portal.parameters import HOMES, ME, NOTHING
from portal.rules import ASK_REPLY, CLAIMS, CONSENT, PUBLISH, READ_TEXT, REPLY
from portal.tasks import Could, Section, Task, Tasks, could_wait
from portal.words import N_


def _in_asking(mine: Any) -> Could:
    waits = could_wait(
        Claim.id,
        Claim.organisation_id,
        by_at=Claim.reply_by_at,
        since_at=Claim.asked_at,
        day_zone=Claim.reply_by_zone,
    )
    return waits.where(in_state(Claim, ClaimState.ASKED), mine)


def _on_own_notice() -> Any:
    # From the claims in question, few, to their notices.
    own = or_(among(Notice.organisation_id, HOMES), Notice.author_id == ME)
    return exists().where(Notice.id == Claim.notice_id, own)


def _own(state: ClaimState) -> Could:
    waits = could_wait(Claim.id, Claim.organisation_id, since_at=Claim.changed_at)
    return waits.where(in_state(Claim, state), among(Claim.organisation_id, HOMES))


TASKS: Final = Tasks(
    policy=CLAIMS,
    title=Claim.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            REPLY,
            N_("Reply before it is published"),
            whose="%(who)s",
            until=N_("reply by"),
            could=_in_asking(among(Claim.about_id, HOMES)),
        ),
        Task(
            CONSENT,
            N_("Answer whether it may go wider than your notice"),
            whose="%(who)s",
            until=N_("reply by"),
            could=_in_asking(_on_own_notice()),
        ),
        Task(
            PUBLISH,
            N_("Publish the claim"),
            whose="%(who)s",
            until="",
            could=_own(ClaimState.ASKED),
            page="claims.publish",
        ),
        Task(
            ASK_REPLY,
            N_("Finish, and ask for a reply"),
            whose="%(who)s",
            until="",
            could=_own(ClaimState.DRAFT),
            page="claims.ask_reply",
            section=Section.DRAFTS,
        ),
        # One that names nobody here, and is no wider than its notice, is put to nobody first.
        Task(
            PUBLISH,
            N_("Finish and publish"),
            whose="%(who)s",
            until="",
            could=_own(ClaimState.DRAFT),
            page="claims.publish",
            section=Section.DRAFTS,
        ),
    ),
)
