"""The forms of who comes, whether they do, and when and where a convened dialogue takes place."""

from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length

from blueprints.audience_forms import KeptForm
from blueprints.choices import options
from blueprints.dialogues.forms import ROLE_LABEL
from blueprints.dialogues.poll_forms import INSTANT, TYPED, WALL, keeps_field
from blueprints.numbers import WholeField
from portal import dialogues as service
from portal.forms import BaseForm, InnerForm
from portal.language import lazy_gettext as _


class ComesForm(InnerForm):
    """A line of the tick list: somebody of the organisation, whether they come, and as what."""

    person = SelectField(_("Person"), coerce=int, validate_choice=False, default=0)
    comes = BooleanField(_("Attends"))
    role = SelectField(
        _("Role"),
        choices=options((str(role), ROLE_LABEL[role]) for role in service.NAMED_AS),
        validate_choice=False,
    )


class NameForm(BaseForm):
    """Who comes for a delegation; `stamp` says whom the writer saw named."""

    stamp = HiddenField()
    people = FieldList(FormField(ComesForm), label=_("Participants"))

    def chosen(self) -> dict[int, str]:
        """The people who are ticked, with their roles."""
        return {
            line["person"]: line["role"]
            for line in self.people.data
            if line["comes"] and line["person"]
        }


class AnswerForm(KeptForm):
    """Whether somebody comes; the version is the sequence of the invitation they saw."""

    answer = StringField(_("Response"))


class MoveForm(KeptForm):
    """When and where it takes place."""

    at = DateTimeLocalField(
        _("Begins at"), format=TYPED, validators=[InputRequired(_("Give the time when it begins."))]
    )
    keeps = keeps_field()
    minutes = WholeField(_("Length in minutes"), validators=[InputRequired(_("Give its length."))])
    place = StringField(_("Place"), validators=[Length(max=300)])
    link = StringField(_("Video link"), validators=[Length(max=2000)])

    def moved(self) -> service.Moved:
        """What was typed, as the service takes it."""
        return service.Moved(
            self.at.data,
            self.keeps.data == WALL,
            self.minutes.data,
            self.place.data or "",
            self.link.data or "",
        )


def as_typed(moved: service.Moved, version: int) -> dict[str, Any]:
    """When and where it takes place now, as the form shows it."""
    return {
        "at": moved.local,
        "keeps": WALL if moved.keeps_to_wall else INSTANT,
        "minutes": moved.minutes,
        "place": moved.place,
        "link": moved.link,
        "version": version,
    }
