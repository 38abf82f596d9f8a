"""The entry of notices."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from models.audience import AudienceRow
from models.ledger import AuditEvent
from models.norms import NormTag
from models.notices import Edition, Notice, NoticeState
from models.processes import MediatorLink
from portal.access import sub_resource
from portal.among import among
from portal.catalogue.noun import (
    NO_ENTRY,
    NOT_DUE,
    Activity,
    Beginning,
    Menu,
    Noun,
    Search,
    Section,
    Service,
    own_text,
)
from portal.catalogue.processes import named_on_list
from portal.db import in_state
from portal.email_contexts import about_notice
from portal.notices.dates import DATES
from portal.notices.filtering import WALKS
from portal.notices.reminders import LADDERS
from portal.notices.tasks import TASKS
from portal.parameters import HOMES, KEY, ME, NOW, PRINCIPALS, there_is
from portal.rules import (
    ACKNOWLEDGE,
    CLOSE,
    COMMENT,
    CORRECT,
    NOTICES,
    POST_NOTICE,
    PUBLISH,
    READ,
    READ_LEDGER,
    READ_TEXT,
    WITHDRAW,
)
from portal.words import N_


def _listed(key: Any) -> ColumnElement[bool]:
    found = (AudienceRow.notice_id == key, among(AudienceRow.principal, PRINCIPALS))
    return there_is(AudienceRow, *found)


def _listed_or_unshared(key: Any) -> ColumnElement[bool]:
    # One's own side's, which no index lists before it is shared.
    own = and_(Notice.published_at.is_(None), among(Notice.organisation_id, HOMES))
    return or_(_listed(key), own)


def _of_its_moment() -> ColumnElement[bool]:
    # Who is on the own side now need not have been while the notice was stricter.
    edition = (Edition.notice_id == AuditEvent.resource_id, Edition.number == AuditEvent.edition)
    its_readers = sub_resource(Edition, ME, NOW)
    return exists().where(*edition, its_readers).correlate(AuditEvent)


def linked() -> ColumnElement[bool]:
    """The mediating team links the notice to the process (`KEY`)."""
    mine = exists().where(MediatorLink.process_id == KEY, MediatorLink.notice_id == Notice.id)
    return mine.correlate(Notice)


SERVES: Final = (
    Service(
        key="notices",
        name=N_("Open notices"),
        says=N_("Open notices: what companies, response teams and others tell one another."),
        at=Notice.published_at,
        narrowed=(in_state(Notice, NoticeState.OPEN),),
        measures=frozenset({"un-oewg-global-cbm-8", "osce-cbm-2", "osce-cbm-14"}),
    ),
)

NOTICE: Final = Noun(
    policy=NOTICES,
    label=N_("Notices"),
    one=N_("Notice"),
    endpoint="notices.read",
    menu=Menu("notices.index", N_("Notices"), Section.WORK),
    states={
        NoticeState.DRAFT: N_("draft"),
        NoticeState.OPEN: N_("open"),
        NoticeState.CLOSED: N_("closed"),
        NoticeState.WITHDRAWN: N_("withdrawn"),
    },
    begins=Beginning(POST_NOTICE, NoticeState.DRAFT),
    title=Notice.title,
    title_verb=READ_TEXT,
    marked=True,
    activity=Activity(
        to_readers={
            PUBLISH: N_("%(who)s published %(what)s"),
            CORRECT: N_("%(who)s issued a correction of %(what)s"),
            CLOSE: N_("%(who)s closed %(what)s"),
            WITHDRAW: N_("%(who)s withdrew %(what)s"),
        },
        to_holders={
            READ_LEDGER: {
                COMMENT: N_("%(who)s commented on %(what)s"),
                ACKNOWLEDGE: N_("%(who)s acknowledged %(what)s"),
            }
        },
        named_to=(READ,),
        moment=_of_its_moment(),
        proposal=_listed,
    ),
    search=Search(
        verb=READ_TEXT,
        sources=(own_text("notice_words", Notice, Notice.summary, Notice.body, key="notice_id"),),
        newest_first=True,
        names=(),
        parties=(Notice.organisation_id,),
        at=func.coalesce(Notice.published_at, Notice.changed_at),
        older=N_("Older notices"),
        proposal=_listed_or_unshared,
        walks=WALKS,
    ),
    ties=named_on_list(
        Notice, select(MediatorLink.notice_id).where(MediatorLink.process_id == KEY)
    ),
    tasks=TASKS,
    dates=DATES,
    norm_tags=NormTag.notice_id,
    serves=SERVES,
    due=NOT_DUE,
    ladders=LADDERS,
    email_context=about_notice,
    news=frozenset({CLOSE, COMMENT}),
    calendar_entry=NO_ENTRY,
)
