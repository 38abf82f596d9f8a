"""The entry of releases."""

from typing import Any, Final

from sqlalchemy import Select, select, union

from models.releases import Release, ReleaseState
from portal.access import predicate
from portal.catalogue.claims import CLAIM
from portal.catalogue.harm import OF_HARM
from portal.catalogue.notices import NOTICE
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_MOMENT,
    NO_NORMS,
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
from portal.catalogue.records import RECORD
from portal.parameters import ME, NOW
from portal.releases.dates import DATES
from portal.releases.listing import could_know
from portal.releases.reminders import LADDERS, email_context
from portal.releases.tasks import TASKS
from portal.rules import (
    CONFIRM,
    CONSENT,
    CORRECT,
    DECLINE,
    DRAFT_RELEASE,
    PROPOSE,
    READ,
    READ_LEDGER,
    READ_TEXT,
    RELEASE,
    RELEASES,
    REPLY,
    SIGN,
    WITHDRAW,
)
from portal.words import N_


def _known(key: Any) -> Any:
    return key.in_(could_know(ME))


def _tied() -> Any:
    # It stands where its source does, for whoever may know of both. What is public itself does not
    # say from which process it came.
    sources = (
        (NOTICE, Release.notice_id),
        (CLAIM, Release.claim_id),
        (OF_HARM, Release.harm_id),
        (RECORD, Release.record_id),
    )
    return Release.id.in_(union(*(_from(noun, column) for noun, column in sources)))


def _from(noun: Noun[Any], column: Any) -> Select[Any]:
    # Named at the head of the statement, as it would be nested deeper than SQLite parses.
    model: Any = noun.policy.model
    tied: Any = noun.ties
    where = (tied, predicate(noun.policy, READ, ME, NOW))
    known = select(model.id).where(*where).cte(f"known_{noun.name}")
    return select(Release.id).where(column.in_(select(known.c.id)))


RELEASED: Final = Noun(
    policy=RELEASES,
    label=N_("Releases"),
    one=N_("Release"),
    endpoint="releases.read",
    menu=Menu("releases.index", N_("Releases"), Section.WORK),
    states={
        ReleaseState.DRAFT: N_("draft"),
        ReleaseState.PROPOSED: N_("to be confirmed"),
        ReleaseState.AGREEING: N_("being agreed"),
        ReleaseState.DECLINED: N_("declined"),
        ReleaseState.RELEASED: N_("released"),
        ReleaseState.WITHDRAWN: N_("withdrawn"),
    },
    begins=Beginning(DRAFT_RELEASE, ReleaseState.DRAFT),
    title=Release.title,
    title_verb=READ_TEXT,
    marked=True,
    activity=Activity(
        to_readers={
            RELEASE: N_("%(who)s released %(what)s"),
            WITHDRAW: N_("%(who)s withdrew %(what)s"),
        },
        # Who is asked is not for everybody to know.
        to_holders={
            READ_LEDGER: {
                PROPOSE: N_("%(who)s handed %(what)s to a second person"),
                CONFIRM: N_("%(who)s confirmed what is removed from %(what)s"),
                SIGN: N_("%(who)s signed %(what)s"),
                CONSENT: N_("%(who)s agreed to the release of %(what)s"),
                REPLY: N_("%(who)s replied to %(what)s"),
                DECLINE: N_("%(who)s declined %(what)s"),
                CORRECT: N_("%(who)s started a correction of %(what)s"),
            }
        },
        named_to=(READ_LEDGER,),
        moment=NO_MOMENT,
        proposal=_known,
    ),
    search=by_title_and_text(
        READ_TEXT,
        Release,
        own_text("release_words", Release, Release.searched),
        older=N_("Older releases"),
        proposal=_known,
    ),
    ties=_tied(),
    tasks=TASKS,
    dates=DATES,
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=NOT_DUE,
    ladders=LADDERS,
    email_context=email_context,
    news=frozenset({CONSENT, DECLINE, REPLY, SIGN}),
    calendar_entry=NO_ENTRY,
)
