"""The forms of the poll: times that are offered, answers to them, the date that is fixed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Length, Optional

from blueprints.audience_forms import KeptForm, Meaning
from blueprints.choices import LOOK, MORE, Needed, options
from models.dialogues import Can
from portal import dialogues as service
from portal.forms import BaseForm
from portal.language import gettext
from portal.language import lazy_gettext as _

SPARE: Final = 6
# As a browser sends it, and as people type it where the browser has no picker.
TYPED: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
WALL, INSTANT = "wall", "instant"
PICK, PICKED = "pick", "%Y-%m-%dT%H:%M"
# What is sent to see the page again, with nothing proposed yet.
WEEK, FILL = "week", "fill"
AGAIN: Final = frozenset({LOOK, MORE, WEEK, FILL})
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
    seen = HiddenField()
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
        if (
            self.asks
            and not {MORE, WEEK} & set(request.form)
            and not any(t.data or t.errors for t in times)
        ):
            times[0].errors = [gettext("Propose at least one time in the future.")]
        return False

    def take_picks(self, *more: str) -> None:
        """Put the hours that were ticked, and these, on lines that are free.

        A time that does not fit on sixty lines is one too many, and that is said.
        """
        fields = [self[f"at_{n}"] for n in range(service.MOST_SLOTS)]
        taken = {self.key_of(field) for field in fields}
        free = [field for field in fields if not any(field.raw_data or ())]
        for key in dict.fromkeys([*request.form.getlist(PICK), *more]):
            local = _local(key)
            if local is None or key in taken:
                continue
            if not free:
                self.form_errors.append(gettext(service.FULL))
                return
            field = free.pop(0)
            field.data, field.raw_data, field.process_errors = local, [key], []

    @staticmethod
    def key_of(field: Any) -> str:
        """The time on a line, as the week has it; empty where there is none."""
        return f"{field.data:{PICKED}}" if field.data else ""

    def stamp(self) -> str:
        """The times that are chosen: whoever proposes them has seen these and no others."""
        return " ".join(sorted(f"{local:{PICKED}}" for local in self.times().local.values()))

    def lines(self, more: bool = False, in_week: Collection[str] = ()) -> list[Any]:
        """The lines that are shown: those that were sent, or a few, and some more where asked.

        What is ticked in the week that is shown stands there; some line is always free.
        """
        fields = [self[f"at_{n}"] for n in range(service.MOST_SLOTS)]
        sent = sum(field.raw_data is not None and field.raw_data != [] for field in fields)
        most = (sent or SPARE) + (SPARE if more else 0)
        shown = [one for one in fields[:most] if one.errors or self.key_of(one) not in in_week]
        free = any(not any(one.raw_data or ()) for one in shown)
        return shown if free else [*shown, *fields[most : most + 2]]

    def times(self) -> service.Times:
        """What was typed, as the service takes it."""
        typed: dict[int, datetime] = {
            n: self[f"at_{n}"].data
            for n in range(service.MOST_SLOTS)
            if self[f"at_{n}"].data is not None
        }
        return service.Times(typed, self.keeps.data == WALL)

    def gone(self) -> frozenset[int]:
        """The offered times, by key, that are taken away."""
        return frozenset()

    def until_on(self) -> date | None:
        """The day until which answers are asked."""
        until: date | None = self.until.data
        return until


def _local(key: str) -> datetime | None:
    try:
        return datetime.strptime(key, PICKED)  # noqa: DTZ007 - its zone is the dialogue's
    except ValueError:
        return None


for _n in range(service.MOST_SLOTS):
    _field = DateTimeLocalField(_("Time %(n)s", n=_n + 1), format=TYPED, validators=[Optional()])
    setattr(TimesForm, f"at_{_n}", _field)


class OfferForm(TimesForm):
    """More times, and those that are taken away."""

    asks = False
    away = SelectMultipleField(_("Remove"), coerce=int)
    sure = BooleanField(_("Remove times even if they have responses"))

    def gone(self) -> frozenset[int]:
        """The offered times, by key, that are taken away."""
        return frozenset(self.away.data or ())


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
