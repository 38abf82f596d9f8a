"""The form for what is announced on every page."""

from datetime import datetime
from typing import Any, Final

from wtforms import DateTimeLocalField, StringField
from wtforms.validators import Length, Optional

from blueprints.audience_forms import StampedForm
from portal import web
from portal.administration import Announcement
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.slots import Wall, clock, instant_of, problem_of

# As a browser sends it, and as people type it where the browser has no picker.
TYPED: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class AnnounceForm(StampedForm):
    """A text for every page, and from when to when in the steward's own zone."""

    text = StringField(_("Text"), validators=[Length(max=300)])
    begins = DateTimeLocalField(_("Shown from"), format=TYPED, validators=[Optional()])
    ends = DateTimeLocalField(_("Shown until"), format=TYPED, validators=[Optional()])

    def validate_begins(self, field: Any) -> None:
        """Refuse a time that the zone does not have."""
        if field.data and (wrong := problem_of(field.data, web.actor().zone)):
            field.errors = [*field.errors, gettext(wrong)]

    validate_ends = validate_begins

    def said(self) -> Announcement:
        """What was typed, as the service takes it."""
        return Announcement(
            self.text.data or "", _instant(self.begins.data), _instant(self.ends.data)
        )


def filled(said: Announcement) -> AnnounceForm:
    """The form with what is announced now."""
    return AnnounceForm(text=said.text, begins=_local(said.from_at), ends=_local(said.until_at))


def _instant(local: datetime | None) -> datetime | None:
    return instant_of(Wall(local, web.actor().zone)) if local else None


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(clock(web.actor().zone)).replace(tzinfo=None) if at else None
