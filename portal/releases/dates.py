"""The days of releases in the calendar: when the cooling-off time ends."""

from typing import Final

from models.releases import Release, ReleaseState
from portal.dated import Could, Dated, Dates, could_fall
from portal.db import in_state
from portal.parameters import ME
from portal.releases.listing import could_know
from portal.rules import READ_TEXT, RELEASES
from portal.words import N_


def _ending() -> Could:
    due = could_fall(Release.id, Release.cool_until_at)
    return due.where(in_state(Release, ReleaseState.AGREEING), Release.id.in_(could_know(ME)))


DATES: Final = Dates(
    policy=RELEASES,
    title=Release.title,
    title_verb=READ_TEXT,
    each=(Dated("cooling", N_("cooling-off ends"), READ_TEXT, _ending()),),
)
