"""The forms of contact points; what they check is their own shape, the service checks the rest."""

from datetime import time
from typing import Any, Final

from babel.dates import get_day_names
from flask import request
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Length, Optional, ValidationError

from blueprints.audience_forms import KeptForm, ReadersForm, gettext_lazy
from blueprints.carried_files import CarriedFileForm
from blueprints.choices import LOOK, ChosenField, ChosenRadio, Needed, options
from blueprints.numbers import WholeField
from blueprints.zones import ZoneField
from models.contacts import AUTHORITIES, INTERVALS, PURPOSES, VERIFIED, Interval
from models.vocabulary import NOT_STATED, Tlp
from portal.contacts import (
    BY_HAND,
    ContactText,
    fingerprint_from,
    languages_from,
    phones_from,
)
from portal.contacts.duty import Shift
from portal.contacts.hours import shifts_from
from portal.contacts.importing import Missing
from portal.forms import BaseForm, InnerForm
from portal.language import gettext, spoken
from portal.language import lazy_gettext as _
from portal.recipients import RecipientList

WEEK: Final = 7


class DayForm(InnerForm):
    """From when until when on one day of the week."""

    begins = TimeField(_("From"), validators=[Optional()])
    ends = TimeField(_("Until"), validators=[Optional()])


def how_often() -> SelectField:
    """A list of how often a contact point is checked, with the usual one chosen."""
    entries = [(str(key), gettext_lazy(word)) for key, word in INTERVALS.items()]
    return SelectField(_("Liveness check"), choices=options(entries), default=Interval.QUARTER)


class ContactForm(ReadersForm):
    """A contact point as it is written: what for, how to reach it, when, and who may see it."""

    organisation = ChosenField(_("On behalf of"))
    purpose = ChosenField(
        _("What it is for"),
        choices=options((str(key), gettext_lazy(word)) for key, word in PURPOSES.items()),
        in_look=False,
    )
    label = StringField(
        _("Position"),
        validators=[
            Needed(_("Name the position, for example Duty officer."), in_look=False),
            Length(max=120),
        ],
    )
    person_id = SelectField(_("Person in this position"), coerce=int, default=0)
    constituency = StringField(_("Whom it serves"), validators=[Length(max=500)])
    authority = SelectField(
        _("What it may decide"),
        choices=options(
            [
                ("", gettext_lazy(NOT_STATED)),
                *((key, gettext_lazy(word)) for key, word in AUTHORITIES.items()),
            ]
        ),
        default="",
    )
    email = EmailField(
        _("E-mail address"),
        validators=[
            Needed(_("Give an e-mail address that more than one person reads."), in_look=False),
            Length(max=254),
        ],
    )
    second_email = EmailField(_("Second e-mail address"), validators=[Length(max=254)])
    phones = TextAreaField(_("Telephones in these hours"), validators=[Length(max=300)])
    phone_any_hour = StringField(_("Telephone at any hour"), validators=[Length(max=40)])
    channels = TextAreaField(_("Secure channels"), validators=[Length(max=500)])
    openpgp = StringField(_("OpenPGP fingerprint"), validators=[Length(max=100)])
    smime = StringField(_("S/MIME fingerprint"), validators=[Length(max=120)])
    zone = ZoneField(_("Time zone"), in_look=False)
    round_the_clock = BooleanField(_("Agrees to be called at any hour"))
    hours = FieldList(
        FormField(DayForm), label=_("Weekly hours"), min_entries=WEEK, max_entries=WEEK
    )
    languages = StringField(
        _("Languages"),
        validators=[Needed(_("Give at least one language."), in_look=False), Length(max=300)],
    )
    place = WholeField(_("Order of calling"), validators=[Optional()], default=1)
    note = TextAreaField(_("Note"), validators=[Length(max=5_000)])
    check_every = how_often()

    def validate_hours(self, _field: Any) -> None:
        """Refuse a contact point that nobody could ever call."""
        if not self.shifts() and not self.round_the_clock.data and LOOK not in request.form:
            raise ValidationError(gettext("Give hours for at least one day, or agree to any hour."))

    def shifts(self) -> tuple[Shift, ...]:
        """The hours that were typed; of a day with one time alone the other is empty."""
        typed = ((n, day.form.begins.data, day.form.ends.data) for n, day in enumerate(self.hours))
        return tuple(
            Shift(n, _clock(begins), _clock(ends)) for n, begins, ends in typed if begins or ends
        )

    def text(self) -> ContactText:
        """What was typed."""
        return ContactText(
            purpose=self.purpose.data or "",
            label=(self.label.data or "").strip(),
            tlp=Tlp(self.tlp.data),
            email=(self.email.data or "").strip(),
            zone=self.zone.data or "",
            person_id=self.person_id.data or None,
            constituency=(self.constituency.data or "").strip(),
            authority=self.authority.data or "",
            second_email=(self.second_email.data or "").strip(),
            phones=phones_from(self.phones.data or ""),
            phone_any_hour=(self.phone_any_hour.data or "").strip(),
            channels=(self.channels.data or "").strip(),
            openpgp=fingerprint_from(self.openpgp.data or ""),
            smime=fingerprint_from(self.smime.data or ""),
            round_the_clock=self.round_the_clock.data,
            hours=self.shifts(),
            languages=languages_from(self.languages.data or ""),
            place=1 if self.place.data is None else self.place.data,
            note=(self.note.data or "").strip(),
            check_every=self.check_every.data,
        )


def _clock(at: time | None) -> str:
    return at.strftime("%H:%M") if at is not None else ""


def typed_from(text: ContactText, to: RecipientList) -> dict[str, Any]:
    """A saved contact point as the values of its form."""
    values: dict[str, Any] = {**text.__dict__, **{k: sorted(v) for k, v in to.__dict__.items()}}
    days: list[dict[str, time]] = [{} for _day in range(WEEK)]
    for shift in text.hours:
        begins, ends = time.fromisoformat(shift.begins), time.fromisoformat(shift.ends)
        days[shift.day] = {"begins": begins, "ends": ends}
    return values | {
        "tlp": str(text.tlp),
        "person_id": text.person_id or 0,
        "phones": "\n".join(text.phones),
        "languages": ", ".join(text.languages),
        "hours": days,
    }


def hours_said(days: Any) -> str:
    """The hours of a week as the form has them, in a line."""
    spans = (
        (name, _clock(day.get("begins")), _clock(day.get("ends")))
        for name, day in zip(day_names(), days, strict=False)
    )
    return "; ".join(f"{name} {begins}–{ends}" for name, begins, ends in spans if begins or ends)


def day_names() -> list[str]:
    """The days of the week in the reader's language, Monday first."""
    names = get_day_names("wide", locale=spoken().language)
    return [str(names[n]) for n in range(WEEK)]


class VerifyForm(KeptForm):
    """How a contact point was confirmed, as it was read."""

    how = ChosenRadio(
        _("How did you confirm it?"),
        choices=options((str(how), gettext_lazy(VERIFIED[how])) for how in BY_HAND),
    )


class ImportForm(CarriedFileForm):
    """A file of contact points, and what holds where it says nothing."""

    purpose = SelectField(
        _("What they are for"),
        choices=options(
            [("", gettext_lazy(NOT_STATED))]
            + [(str(key), gettext_lazy(word)) for key, word in PURPOSES.items()]
        ),
        default="",
    )
    languages = StringField(_("Languages"), validators=[Length(max=300)])
    hours = StringField(_("Weekly hours"), validators=[Length(max=300)])
    zone = ZoneField(_("Time zone"), optional=True)
    check_every = how_often()

    def validate_hours(self, field: Any) -> None:
        """Refuse hours that are not understood."""
        if shifts_from(field.data or "") is None:
            raise ValidationError(gettext("Write hours as Mon-Fri 08:00-17:00; Sat 10:00-14:00."))

    def missing(self) -> Missing:
        """What holds where a row says nothing."""
        return Missing(
            purpose=self.purpose.data or "",
            zone=self.zone.data or "",
            languages=languages_from(self.languages.data or ""),
            hours=shifts_from(self.hours.data or "") or (),
            check_every=self.check_every.data,
        )


class CheckForm(BaseForm):
    """A liveness check to begin."""

    exercise = BooleanField(_("Exercise: it is marked everywhere and counts nowhere"))


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""
