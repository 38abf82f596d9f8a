"""The forms of processes; what they check is only their own shape, the service checks the rest."""

from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length

from blueprints.audience_forms import KeptForm
from blueprints.choices import ChosenField, options, saying_who_is_silent
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.recipients import UNREAD


class EditForm(KeptForm):
    """What a process is about, and whether those with a seat see one another."""

    spelled: ClassVar = frozenset({"cover_name"})
    cover_name = StringField(_("Cover name"), validators=[DataRequired(), Length(max=120)])
    context = TextAreaField(_("Context"), validators=[Length(max=50_000)])
    open_seats = BooleanField(_("Members of the process can see one another"))


class ProcessForm(BaseForm):
    """A process to open."""

    spelled: ClassVar = frozenset({"cover_name"})
    organisation = ChosenField(_("Mediation body"))
    cover_name = StringField(_("Cover name"), validators=[DataRequired(), Length(max=120)])
    context = TextAreaField(_("Context"), validators=[Length(max=50_000)])


class SeatForm(KeptForm):
    """Who sits in a process."""

    team = SelectMultipleField(_("Mediating team"), coerce=int)
    parties = SelectMultipleField(_("Parties"), coerce=int)
    people = SelectMultipleField(_("Parties by name"), coerce=int)
    observers = SelectMultipleField(_("Observers"), coerce=int)

    def offer(self, choices: dict[str, list[tuple[int, str]]]) -> None:
        """Put what the lists can be chosen from into them."""
        for name in ("team", "people"):
            self[name].choices = options(choices[name])
        for name in ("parties", "observers"):
            self[name].choices = options(saying_who_is_silent(choices[name], choices[UNREAD]))

    def chosen(self) -> dict[str, Any]:
        """What was ticked, a list of keys for each part."""
        return {name: self[name].data or () for name in ("team", "parties", "people", "observers")}


class LinkForm(BaseForm):
    """A notice to link to a process."""

    notice = StringField(
        _("Reference of the notice"),
        validators=[DataRequired(_("Give a reference.")), Length(max=16)],
    )


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""
