"""The notices that wait for a person: to acknowledge, a draft to finish, others to remind."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import and_, exists, func, or_, select

from models.audience import Recipient
from models.notices import Notice, NoticeState, Receipt, ReceiptReminder
from models.stakeholders import Membership
from portal.among import among
from portal.notices.listing import in_state
from portal.notices.reminders import PERHAPS_LISTED
from portal.parameters import CIRCLES, HOMES, ME, NOTHING, NOW, SEATS, there_is
from portal.relations import acknowledged
from portal.rules import ACKNOWLEDGE, NOTICES, PUBLISH, READ_TEXT, REMIND
from portal.tasks import Could, OnBehalf, Section, Task, Tasks, could_wait, nearest
from portal.words import N_

LONG_AGO: Final = datetime(1, 1, 2, tzinfo=UTC)


def _could_wait() -> Could:
    return could_wait(Notice.id, Notice.organisation_id, by_at=Notice.acknowledge_by_at)


def _addressed() -> Could:
    mine = or_(
        Recipient.person_id == ME,
        among(Recipient.organisation_id, HOMES),
        among(Recipient.group_id, CIRCLES),
        among(Recipient.process_id, SEATS),
    )
    return _could_wait().where(
        in_state(NoticeState.OPEN),
        there_is(Recipient, Recipient.notice_id == Notice.id, mine),
        ~acknowledged.at(Notice, ME, NOW),
    )


def _drafts() -> Could:
    at_home = among(Notice.organisation_id, HOMES)
    return _could_wait().where(in_state(NoticeState.DRAFT), at_home)


def _silent() -> Could:
    # Organisations on the list of a notice with a deadline, of whom nobody has acknowledged it.
    others = Membership.organisation_id == Recipient.organisation_id
    here = and_(
        Membership.begins_at <= NOW, or_(Membership.ends_at.is_(None), Membership.ends_at > NOW)
    )
    answered = exists().where(
        Receipt.notice_id == Notice.id,
        Receipt.edition == Notice.edition,
        Membership.person_id == Receipt.person_id,
        others,
    )
    theirs = (Membership.person_id == ReceiptReminder.person_id, others)
    last = (
        select(func.max(ReceiptReminder.reminded_at))
        .where(ReceiptReminder.notice_id == Notice.id, *theirs)
        .correlate(Notice, Recipient)
    )
    could = could_wait(
        Notice.id,
        Recipient.organisation_id,
        by_at=Notice.acknowledge_by_at,
        since_at=Notice.published_at,
        reminded_at=last.scalar_subquery(),
    )
    return nearest(
        could.join(Recipient, Recipient.notice_id == Notice.id).where(
            in_state(NoticeState.OPEN),
            # As a span and a sum, so that SQLite starts from the few that have a deadline.
            Notice.acknowledge_by_at > LONG_AGO,
            among(Notice.organisation_id + 0, HOMES),
            Recipient.organisation_id != Notice.organisation_id,
            ~Recipient.excepted,
            exists().where(others, here).correlate(Recipient),
            ~answered.correlate(Notice, Recipient),
        )
    )


TASKS: Final = Tasks(
    policy=NOTICES,
    title=Notice.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            ACKNOWLEDGE,
            N_("Read and acknowledge"),
            whose="%(who)s",
            until=N_("acknowledge by"),
            could=_addressed(),
            on_behalf=OnBehalf(
                (in_state(NoticeState.OPEN), PERHAPS_LISTED), Notice.acknowledge_by_at
            ),
        ),
        # The day in a draft is for those who will get the notice.
        Task(
            PUBLISH,
            N_("Finish and publish"),
            whose="%(who)s",
            until="",
            could=_drafts(),
            page="notices.publish",
            section=Section.DRAFTS,
        ),
        Task(
            REMIND,
            N_("Remind"),
            whose=N_("waiting for %(who)s"),
            until=N_("acknowledge by"),
            could=_silent(),
            page="notices.read_ledger",
            section=Section.OTHERS,
        ),
    ),
)
