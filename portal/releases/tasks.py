"""The releases that wait for a person: to confirm, sign, consent, reply, release, finish."""

from typing import Any, Final

from sqlalchemy import or_, select

from models.releases import Part, Release, ReleaseParty, ReleaseState
from portal.among import among
from portal.db import in_state
from portal.parameters import HOMES, ME, NOTHING
from portal.releases.listing import could_know
from portal.rules import (
    CONFIRM,
    CONSENT,
    PROPOSE,
    READ_TEXT,
    RELEASE,
    RELEASES,
    REPLY,
    SIGN,
    TAKE_BACK,
)
from portal.tasks import Could, Section, Task, Tasks, could_wait
from portal.words import N_


def _kept(state: ReleaseState, **times: Any) -> Could:
    waits = could_wait(Release.id, Release.organisation_id, since_at=Release.changed_at, **times)
    return waits.where(in_state(Release, state), Release.id.in_(could_know(ME)))


def _asked(part: Part, **times: Any) -> Could:
    theirs = or_(among(ReleaseParty.organisation_id, HOMES), ReleaseParty.person_id == ME)
    asked = select(ReleaseParty.release_id).where(ReleaseParty.part == part, theirs)
    waits = could_wait(Release.id, Release.organisation_id, since_at=Release.asked_at, **times)
    return waits.where(in_state(Release, ReleaseState.AGREEING), Release.id.in_(asked))


TASKS: Final = Tasks(
    policy=RELEASES,
    title=Release.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            SIGN,
            N_("Sign the joint statement, or decline"),
            whose="%(who)s",
            until="",
            could=_asked(Part.SIGNS),
        ),
        Task(
            CONSENT,
            N_("Answer whether your words may be released"),
            whose="%(who)s",
            until="",
            could=_asked(Part.WORDS),
        ),
        Task(
            REPLY,
            N_("Reply before it is released"),
            whose="%(who)s",
            until=N_("reply by"),
            could=_asked(Part.NAMED, by_at=Release.cool_until_at),
        ),
        Task(
            CONFIRM,
            N_("Confirm what is removed"),
            whose="%(who)s",
            until="",
            could=_kept(ReleaseState.PROPOSED),
            page="releases.confirm",
        ),
        Task(
            RELEASE,
            N_("Release the text"),
            whose="%(who)s",
            until="",
            could=_kept(ReleaseState.AGREEING),
            page="releases.release",
        ),
        Task(
            TAKE_BACK,
            N_("Change the text after it was declined"),
            whose="%(who)s",
            until="",
            could=_kept(ReleaseState.DECLINED),
        ),
        Task(
            PROPOSE,
            N_("Finish, and hand it to a second person"),
            whose="%(who)s",
            until="",
            could=_kept(ReleaseState.DRAFT),
            section=Section.DRAFTS,
        ),
    ),
)
