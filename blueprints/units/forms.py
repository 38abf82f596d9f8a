"""The forms of units that stewards write: the unit itself, its correction, and its end."""

from dataclasses import asdict
from typing import Any

from flask import request
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Optional

from blueprints.audience_forms import KeptForm
from blueprints.choices import LANGUAGES, LOOK, ChosenField, ChosenRadio, Needed, options
from blueprints.numbers import WholeField
from portal.curriculum import LASTS, Written
from portal.forms import BaseForm
from portal.language import gettext
from portal.language import lazy_gettext as _

ENDS, STAY = "end", "stay"


class UnitForm(KeptForm):
    """A unit as it is written; what is wrong in it is said by `faulty`, before it is saved."""

    theirs = False  # whether somebody saved another version meanwhile

    title = StringField(_("Title"))
    summary = TextAreaField(_("Summary"))
    language = ChosenField(_("Language"), choices=options(LANGUAGES))
    minutes = WholeField(_("Minutes"), validators=[Optional()])
    lasts = ChosenField(
        _("A completion is valid for"),
        choices=options((key, _(word)) for key, word in LASTS.items()),
    )
    body = TextAreaField(_("Text"))
    questions = TextAreaField(_("Questions"))
    sources = TextAreaField(_("Sources"))

    def looks(self) -> bool:
        """Whether it was sent to look at the unit, before anything is saved."""
        return LOOK in request.form

    def text(self) -> Written:
        """What was typed."""
        return Written(
            title=(self.title.data or "").strip(),
            summary=(self.summary.data or "").strip(),
            minutes=self.minutes.data or 0,
            lasts=self.lasts.data or "",
            language=self.language.data or "",
            body=self.body.data or "",
            questions=self.questions.data or "",
            sources=self.sources.data or "",
        )

    def faulty(self) -> bool:
        """Whether anything is wrong in what was typed: all of it, next to its field."""
        self.validate()
        for fault in self.text().faults():
            field = self[fault.field]
            # What the form itself says of a field is enough.
            if not field.errors or fault.message.values:
                field.errors = [*field.errors, gettext(fault.message, **fault.message.values)]
        return bool(self.errors)


class CorrectForm(UnitForm):
    """Another edition of a unit: what changed, and whether earlier completions end with it."""

    why = StringField(
        _("What changed"),
        validators=[Needed(_("Say what changed, in at most 500 characters."), in_look=False)],
    )
    earlier = ChosenRadio(
        _("Earlier completions"),
        choices=options(
            (
                (STAY, _("They stay valid until their day")),
                (ENDS, _("They end now: whoever completed it has to do so again")),
            )
        ),
        in_look=False,
    )

    def ends(self) -> bool | None:
        """Whether earlier completions end; None where nothing was chosen."""
        return {ENDS: True, STAY: False}.get(self.earlier.data or "")


class WithdrawForm(BaseForm):
    """Whether what the unit is required for is lifted as well."""

    lift = BooleanField(_("Lift these requirements"))


class PublishForm(KeptForm):
    """The version that was looked at."""


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""


def typed_from(text: Written, version: int) -> dict[str, Any]:
    """A saved text as the values of its form."""
    return {**asdict(text), "version": version}
