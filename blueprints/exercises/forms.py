"""The forms of exercises: the exercise, an inject, a response, a note, a finding."""

from typing import Any, Final

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.audience_forms import KeptForm, ReadersForm, gettext_lazy
from blueprints.choices import ChosenField, Needed, options
from blueprints.numbers import WholeField
from blueprints.zones import ZoneField
from models.vocabulary import Tlp
from portal.exercises import KINDS, ExerciseText, InjectText
from portal.forms import BaseForm
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.recipients import RecipientList

# As a browser sends it, and as people type it where the browser has no picker.
TYPED: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class ExerciseForm(ReadersForm):
    """An exercise as it is written: situation, aims, parties, when it starts and who takes part."""

    organisation = ChosenField(_("On behalf of"))
    scenario = HiddenField()
    title = StringField(
        _("Title"),
        validators=[Needed(_("Give the exercise a title."), in_look=False), Length(max=200)],
    )
    body = TextAreaField(_("Situation"), validators=[Length(max=20_000)])
    aims = TextAreaField(
        _("Learning aims"),
        validators=[
            Needed(_("Say what is to be learned: one aim a line."), in_look=False),
            Length(max=2_000),
        ],
    )
    guide = TextAreaField(_("Notes for whoever runs it"), validators=[Length(max=5_000)])
    parties = TextAreaField(
        _("Parties"),
        validators=[
            Needed(_("An exercise has one to eight parties, one a line."), in_look=False),
            Length(max=1_000),
        ],
    )
    starts = DateTimeLocalField(
        _("Planned start"),
        format=TYPED,
        validators=[Needed(_("Say when it is to start."), in_look=False)],
    )
    zone = ZoneField(_("Time zone"))
    minutes = WholeField(
        _("Length in minutes"),
        default=40,
        validators=[
            Needed(_("An exercise lasts between 5 minutes and 8 hours."), in_look=False),
            NumberRange(5, 480),
        ],
    )

    def text(self) -> ExerciseText:
        """What was typed."""
        names = (line.strip() for line in (self.parties.data or "").splitlines())
        return ExerciseText(
            title=(self.title.data or "").strip(),
            tlp=Tlp(self.tlp.data),
            starts=self.starts.data,
            zone=self.zone.data or "",
            minutes=self.minutes.data or 0,
            body=self.body.data or "",
            aims=self.aims.data or "",
            guide=self.guide.data or "",
            parties=tuple(name for name in names if name),
        )


def typed_from(text: ExerciseText, to: RecipientList) -> dict[str, Any]:
    """A saved exercise as the values of its form."""
    values: dict[str, Any] = {**text.__dict__, **{k: sorted(v) for k, v in to.__dict__.items()}}
    return values | {"tlp": str(text.tlp), "parties": "\n".join(text.parties)}


class SeatsForm(KeptForm):
    """Who does what: a list for each person, drawn and read by the page."""

    seats = HiddenField(_("Roles"))


class InjectForm(KeptForm):
    """An inject: what it is, to whom, and at which minute; without one, by hand."""

    kind = ChosenField(
        _("Type"), choices=options((str(key), gettext_lazy(word)) for key, word in KINDS.items())
    )
    title = StringField(
        _("Title"), validators=[Needed(_("Give the inject a title.")), Length(max=200)]
    )
    body = TextAreaField(_("Text"), validators=[Length(max=10_000)])
    minute = WholeField(_("Minute after the start"), validators=[Optional(), NumberRange(0, 480)])
    for_all = BooleanField(_("To all parties"))
    parties = SelectMultipleField(_("To"), coerce=int)

    def validate_parties(self, field: Any) -> None:
        """Refuse an inject that goes to nobody."""
        if not field.data and not self.for_all.data:
            raise ValidationError(gettext("Choose at least one party, or all of them."))

    def text(self) -> InjectText:
        """What was typed."""
        return InjectText(
            kind=self.kind.data or "",
            title=self.title.data or "",
            body=self.body.data or "",
            minute=self.minute.data,
            for_all=bool(self.for_all.data),
            parties=frozenset(self.parties.data or ()),
        )


class ResponseForm(BaseForm):
    """What a party answers to an inject."""

    text = TextAreaField(_("Response"), validators=[Length(max=5_000)])


class NoteForm(BaseForm):
    """A note of the hot wash."""

    text = TextAreaField(_("Note"), validators=[Length(max=5_000)])


class FindingForm(BaseForm):
    """What should change, and which organisation should do it."""

    text = StringField(
        _("Finding"),
        validators=[Needed(_("Say in one sentence what should change.")), Length(max=200)],
    )
    organisation = ChosenField(_("For"), coerce=int)


class TakeUpForm(BaseForm):
    """Whom the commitment is made to."""

    addressee = ChosenField(_("Counterpart"), coerce=int)
