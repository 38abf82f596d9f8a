"""The forms of harm: an empty part of an amount is "not known", and 0 has to be typed."""

from typing import Any, Final

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from blueprints.audience_forms import ReadersForm, gettext_lazy
from blueprints.choices import COUNTRIES, ChosenField, Needed, options
from models.vocabulary import NOT_STATED, SECTORS, Tlp
from portal.harm import Amount, HarmText, read_part
from portal.harm.words import CATEGORIES, CURRENCIES, FLAGS, INTENDED, REACHED_AS
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.norms import VERIFICATION_LABELS
from portal.parsing import reference, whole
from portal.recipients import RecipientList

PARTS: Final = ("lower", "best", "upper")
LATEST: Final = 9999


def _words(words: Any, *, unsaid: bool = False) -> list[Any]:
    first = [("", gettext_lazy(NOT_STATED))] if unsaid else []
    pairs = ((str(key), gettext_lazy(word)) for key, word in words.items())
    return options([*first, *pairs])


class HarmForm(ReadersForm):
    """A row of harm as it is written: what happened to whom, how much, and who said it."""

    organisation = ChosenField(_("On behalf of"))
    title = StringField(
        _("Harm"),
        validators=[
            Needed(_("Say in one sentence what happened."), in_look=False),
            Length(max=200),
        ],
    )
    category = ChosenField(_("Category"), choices=_words(CATEGORIES), in_look=False)
    who = StringField(_("Whom it happened to"), validators=[Length(max=200)])
    country = SelectField(
        _("Country"), choices=[*options([("", gettext_lazy(NOT_STATED))]), *COUNTRIES], default=""
    )
    sector = SelectField(_("Sector"), choices=_words(SECTORS, unsaid=True), default="")
    service = StringField(_("Service"), validators=[Length(max=200)])
    reached_as = SelectField(
        _("First target or spread"), choices=_words(REACHED_AS, unsaid=True), default=""
    )
    intended = SelectField(_("Meant or not"), choices=_words(INTENDED, unsaid=True), default="")
    intended_by = StringField(_("Who says whether it was meant"), validators=[Length(max=200)])
    from_on = StringField(_("From"), validators=[Length(max=10)])
    until_on = StringField(_("Until"), validators=[Length(max=10)])
    lower = StringField(_("At the least"), validators=[Length(max=25)])
    best = StringField(_("Best estimate"), validators=[Length(max=25)])
    upper = StringField(_("At the most"), validators=[Length(max=25)])
    unit = StringField(_("Unit"), validators=[Length(max=80)])
    currency = SelectField(
        _("Currency"),
        choices=options([("", gettext_lazy(NOT_STATED)), *((one, one) for one in CURRENCIES)]),
        default="",
    )
    year = StringField(_("Year of the prices"), validators=[Length(max=4)])
    holds_others = BooleanField(_("A total: other rows hold parts of the same"))
    flags = SelectMultipleField(_("It touched"), choices=_words(FLAGS))
    body = TextAreaField(_("Details"), validators=[Length(max=10_000)])
    notice = StringField(_("Notice that it is about"), validators=[Length(max=20)])
    said_by = StringField(_("Who said it"), validators=[Length(max=200)])
    said_on = StringField(_("When it was said"), validators=[Length(max=10)])
    source_title = StringField(_("Source"), validators=[Length(max=300)])
    source_url = StringField(_("Address of the source"), validators=[Length(max=500)])
    verified = ChosenField(
        _("How far verified"), choices=_words(VERIFICATION_LABELS), in_look=False
    )
    why = TextAreaField(_("Correction"), validators=[Length(max=500)])

    def validate_lower(self, field: Any) -> None:
        """Refuse what is neither a whole number nor empty."""
        _refuse_no_number(field)

    validate_best = validate_upper = validate_lower

    def validate_year(self, field: Any) -> None:
        """Refuse what is no year; empty is not stated."""
        if (field.data or "").strip() and whole(field.data.strip(), LATEST) is None:
            raise ValidationError(gettext("Enter a year, such as 2017."))

    def amount(self) -> Amount:
        """The amount that was typed."""
        parts = {name: read_part(self[name].data or "") for name in PARTS}
        return Amount(
            **parts,
            unit=(self.unit.data or "").strip(),
            currency=self.currency.data or "",
            year=whole((self.year.data or "").strip(), LATEST),
        )

    def ref(self) -> str:
        """The reference of the notice that was typed."""
        return reference(self.notice.data)

    def text(self, notice_id: int | None) -> HarmText:
        """What was typed; the key is that of the notice."""
        names = ("who", "service", "intended_by", "from_on", "until_on", "said_by", "said_on")
        typed = {name: (self[name].data or "").strip() for name in (*names, "source_title")}
        return HarmText(
            title=(self.title.data or "").strip(),
            tlp=Tlp(self.tlp.data),
            category=self.category.data or "economic",  # a look alone goes without
            verified=self.verified.data or "memory",
            amount=self.amount(),
            holds_others=bool(self.holds_others.data),
            country=self.country.data or "",
            sector=self.sector.data or "",
            reached_as=self.reached_as.data or "",
            intended=self.intended.data or "",
            flags=tuple(self.flags.data or ()),
            body=self.body.data or "",
            notice_id=notice_id,
            source_url=(self.source_url.data or "").strip(),
            **typed,
        )


def _needed(label: Any, message: Any, most: int) -> StringField:
    return StringField(label, validators=[Needed(message, in_look=False), Length(max=most)])


class CiteForm(HarmForm):
    """Harm of others: whom it happened to, who said it and where have to be said."""

    who = _needed(_("Whom it happened to"), _("Name whom it happened to."), 200)
    said_by = _needed(_("Who said it"), _("Name who said it."), 200)
    source_title = _needed(_("Source"), _("Name the source: you state the harm of others."), 300)


class CorrectForm(HarmForm):
    """The same of a row that is published: what is corrected has to be said."""

    why = TextAreaField(
        _("Correction"),
        validators=[
            Needed(_("Describe the correction in one sentence."), in_look=False),
            Length(max=500),
        ],
    )


def _refuse_no_number(field: Any) -> None:
    try:
        read_part(field.data or "")
    except ValueError as garbled:
        message = gettext("Enter a whole number, or leave it empty where it is not known.")
        raise ValidationError(message) from garbled


def typed_from(text: HarmText, to: RecipientList, ref: str) -> dict[str, Any]:
    """A saved row as the values of its form; what is not known is empty."""
    values: dict[str, Any] = {**text.__dict__, **{k: sorted(v) for k, v in to.__dict__.items()}}
    amount = text.amount
    values |= {name: _shown(getattr(amount, name)) for name in (*PARTS, "year")}
    values |= {"unit": amount.unit, "currency": amount.currency, "notice": ref}
    return values | {"tlp": str(text.tlp)}


def _shown(part: int | None) -> str:
    return "" if part is None else str(part)
