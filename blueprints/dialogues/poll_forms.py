"""The forms of the poll: times that are offered, answers to them, the date that is fixed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Length, Optional

from blueprints.audience_forms import KeptForm, Meaning
from blueprints.choices import MORE, Needed, options
from models.dialogues import Can
from portal import dialogues as service
from portal.forms import BaseForm
from portal.language import gettext
from portal.language import lazy_gettext as _

SPARE: Final = 6
# As a browser sends it, and as people type it where the browser has no picker.
TYPED: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
WALL, INSTANT = "wall", "instant"
CAN_LABEL: Final = {Can.YES: _("yes"), Can.IF_NEED_BE: _("if need be"), Can.NO: _("no")}


def keeps_field() -> Any:
    """Whether a time stays with the clock on the wall or with the instant."""
    wall = _("14:00 stays 14:00 there, even if that country changes its clocks in the meantime.")
    instant = _(
        "The moment stays the same for everyone, even if a country changes its clocks in the "
        "meantime."
    )
    return RadioField(
        _("If clocks change"),
        choices=options(
            [
                (WALL, Meaning(_("Keep the local time"), wall)),
                (INSTANT, Meaning(_("Keep the moment"), instant)),
            ]
        ),
        default=WALL,
    )


class TimesForm(KeptForm):
    """Times on lines of their own (`at_0` and on), and until when answers are asked."""

    asks = True  # for at least one time
    keeps = keeps_field()
    until = DateField(
        _("Responses due by end of"),
        validators=[
            Needed(_("Choose the day by which you need responses."), in_look=False),
            Optional(),
        ],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be taken; that no time is offered is said with all other faults."""
        if super().validate(extra_validators):
            return True  # the service says it
        times = [self[f"at_{n}"] for n in range(service.MOST_SLOTS)]
        if self.asks and MORE not in request.form and not any(t.data or t.errors for t in times):
            times[0].errors = [gettext("Propose at least one time in the future.")]
        return False

    def lines(self, more: bool = False) -> list[Any]:
        """The lines that are shown: those that were sent, or a few, and some more where asked."""
        fields = [self[f"at_{n}"] for n in range(service.MOST_SLOTS)]
        sent = sum(field.raw_data is not None and field.raw_data != [] for field in fields)
        return fields[: (sent or SPARE) + (SPARE if more else 0)]

    def times(self) -> service.Times:
        """What was typed, as the service takes it."""
        typed: dict[int, datetime] = {
            n: self[f"at_{n}"].data
            for n in range(service.MOST_SLOTS)
            if self[f"at_{n}"].data is not None
        }
        return service.Times(typed, self.keeps.data == WALL)

    def until_on(self) -> date | None:
        """The day until which answers are asked."""
        until: date | None = self.until.data
        return until


for _n in range(service.MOST_SLOTS):
    _field = DateTimeLocalField(_("Time %(n)s", n=_n + 1), format=TYPED, validators=[Optional()])
    setattr(TimesForm, f"at_{_n}", _field)


class OfferForm(TimesForm):
    """More times, and those that are taken away."""

    asks = False
    away = SelectMultipleField(_("Remove"), coerce=int)
    sure = BooleanField(_("Remove times even if they have responses"))


class ConveneForm(BaseForm):
    """When it takes place: one of the offered times, or a typed one."""

    slot = RadioField(_("When"), coerce=int, validators=[Optional()])
    at = DateTimeLocalField(_("Begins at"), format=TYPED, validators=[Optional()])
    keeps = keeps_field()
    why = StringField(_("Reason"), validators=[Length(max=500)])

    def picked(self) -> service.Picked:
        """What was chosen, as the service takes it."""
        keeps = self.keeps.data == WALL
        return service.Picked(self.slot.data or None, self.at.data, keeps, self.why.data or "")


def answers_form(slots: Mapping[int, str], said: Mapping[int, str]) -> Any:
    """A form with a choice (`can_17`) for each slot by its key; what was said before is chosen."""
    choices = options((str(can), label) for can, label in CAN_LABEL.items())
    fields = {
        f"can_{key}": RadioField(
            words, choices=choices, default=said.get(key), validate_choice=False
        )
        for key, words in slots.items()
    }
    return type("AnswersForm", (BaseForm,), fields)()
