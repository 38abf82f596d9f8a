"""The forms of clauses: the narrowing of the list, and a clause as it is written."""

from typing import Any

from wtforms import (
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from blueprints.audience_forms import KeptForm
from blueprints.choices import ChosenField, Needed, options
from blueprints.numbers import WholeField
from models.vocabulary import PROMISORS, THEMES
from portal.clauses import ClauseText
from portal.days import EVERY
from portal.forms import BaseForm
from portal.language import lazy_gettext as _
from portal.norms import INSTRUMENTS, NORMS, label

THEME_CHOICES = [(key, _(name)) for key, name in THEMES.items()]
NORM_CHOICES = [
    (key, _("%(norm)s: %(title)s", norm=label(key), title=_(norm.title)))
    for key, norm in NORMS.items()
]


class FilterForm(BaseForm):
    """Words and theme; asked by address, so it carries no token."""

    class Meta:
        """Read from the address."""

        csrf = False

    words = StringField(_("Text"), render_kw={"maxlength": 100})
    theme = SelectField(_("Theme"), choices=options([("", _("Any theme")), *THEME_CHOICES]))


class ClauseForm(KeptForm):
    """A clause as it is written."""

    title = StringField(
        _("Title"), validators=[Needed(_("Give the clause a title.")), Length(max=200)]
    )
    body = TextAreaField(
        _("Commitment"), validators=[Needed(_("Describe the commitment.")), Length(max=20_000)]
    )
    how_known = TextAreaField(
        _("Verification criteria"),
        validators=[Needed(_("Give the verification criteria.")), Length(max=5_000)],
    )
    theme = ChosenField(_("Theme"), choices=options(THEME_CHOICES))
    norms = SelectMultipleField(_("Related norms"), choices=options(NORM_CHOICES))
    days = WholeField(
        _("Usual time in days"), validators=[InputRequired(_("Give a number of days."))]
    )
    every = SelectField(
        _("How often"), choices=options((key, _(name)) for key, name in EVERY.items())
    )
    promisors = SelectMultipleField(
        _("Who can make this commitment"),
        choices=options((key, _(name)) for key, name in PROMISORS.items()),
    )
    verifier = StringField(_("Who could verify it"), validators=[Length(max=500)])
    beside_law = SelectMultipleField(
        _("Related law and other instruments"),
        choices=options((one.key, _(one.title)) for one in INSTRUMENTS),
    )
    advice = TextAreaField(_("Drafting advice"), validators=[Length(max=2_000)])

    def text(self) -> ClauseText:
        """What was typed."""
        return ClauseText(
            title=(self.title.data or "").strip(),
            body=self.body.data or "",
            how_known=self.how_known.data or "",
            theme=self.theme.data,
            norms=tuple(self.norms.data or ()),
            days=self.days.data,
            every=self.every.data,
            promisors=tuple(self.promisors.data or ()),
            verifier=(self.verifier.data or "").strip(),
            beside_law=tuple(self.beside_law.data or ()),
            advice=self.advice.data or "",
        )


def typed_from(text: ClauseText, version: int) -> dict[str, Any]:
    """A kept clause as the values of its form."""
    several = {name: list(getattr(text, name)) for name in ("norms", "promisors", "beside_law")}
    return {**text.__dict__, **several, "version": version}


class AskForm(BaseForm):
    """Nothing but the token that every change asks for."""
