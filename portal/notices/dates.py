"""The days of notices in the calendar: by when an acknowledgement is asked for."""

from typing import Any, Final

from sqlalchemy import exists

from models.audience import AudienceRow
from models.notices import Notice, NoticeState
from portal.among import among
from portal.dated import Could, Dated, Dates, could_fall
from portal.notices.listing import in_state
from portal.parameters import PRINCIPALS
from portal.rules import NOTICES, READ_TEXT
from portal.words import N_


def _known() -> Any:
    found = (AudienceRow.notice_id == Notice.id, among(AudienceRow.principal, PRINCIPALS))
    return exists().where(*found).correlate(Notice)


def _acknowledgements() -> Could:
    due = could_fall(Notice.id, Notice.acknowledge_by_at)
    return due.where(in_state(NoticeState.OPEN), Notice.acknowledge_by_at.is_not(None), _known())


DATES: Final = Dates(
    policy=NOTICES,
    title=Notice.title,
    title_verb=READ_TEXT,
    each=(Dated("acknowledge", N_("acknowledge by"), READ_TEXT, _acknowledgements()),),
)
