"""Choices of forms: none that nobody made, and the lists that several forms offer.

A list or a row of radio buttons of which the first entry is taken when it is left alone publishes
what nobody chose. So each is a `ChosenField` or a `ChosenRadio`, which begin with nothing chosen;
where something stands chosen from the start it is named in `HARMLESS`, with the reason.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from zoneinfo import available_timezones

from babel import Locale
from flask import request
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.fields.choices import Choice
from wtforms.validators import StopValidation

from portal.language import gettext
from portal.words import N_

# What is sent to look at the audience of what is typed, before anything is kept.
LOOK: Final = "look"
# What is sent for more lines.
MORE: Final = "more"
# By form and field: why what stands there from the start may be sent without a look.
HARMLESS: Final[Mapping[str, str]] = {
    "NoticeForm.began_certainty": "Not known is what is true while nobody says more.",
    "NoticeForm.detected_certainty": "Not known is what is true while nobody says more.",
    "NoticeForm.contained_certainty": "Not known is what is true while nobody says more.",
    "NoticeForm.severity": "Not stated is what is true while nobody says more.",
    "NoticeForm.course": "Not stated is what is true while nobody says more.",
    "NoticeForm.stage": "Not stated is what is true while nobody says more.",
    "NoticeForm.earlier": "Comments stay with those for whom they were written.",
    "ClaimForm.stance": "A claim stands against no other unless somebody says so.",
    "ClaimForm.about_id": "None: it is about no organisation of the portal.",
    "ClaimForm.confidence": "Not stated is what is true while nobody says more.",
    "ClaimForm.responsibility": "Not stated is what is true while nobody says more.",
    "HarmForm.country": "Not stated is what is true while nobody says more.",
    "HarmForm.sector": "Not stated is what is true while nobody says more.",
    "HarmForm.reached_as": "Not stated is what is true while nobody says more.",
    "HarmForm.intended": "Not stated is what is true while nobody says more.",
    "HarmForm.currency": "Not stated: what is counted is said as the unit.",
    "TermsForm.every": "Once: nothing recurs unless somebody says so.",
    "ClauseForm.every": "Once: nothing recurs unless somebody says so.",
    "ContactForm.person_id": "A position without a person is what most contact points are.",
    "ImportForm.purpose": "Not stated: a row that says nothing is then skipped.",
    "ContactForm.check_every": "The usual interval; another one shows nothing more to anybody.",
    "ImportForm.check_every": "The usual interval; another one shows nothing more to anybody.",
    "ContactForm.authority": "Not stated is what is true while nobody says more.",
    "CommitmentForm.addressee": "It begins with 'Choose', and the service refuses that.",
    "CommitmentForm.verifier": "Where no third party is named the counterpart verifies.",
    "CommitmentForm.part_of": "None: it is linked to nothing.",
    "EvidenceForm.replaces": "Nothing is replaced.",
    "TextForm.asks_unit": "None: nothing is asked of anybody.",
    "TextForm.part_of": "None: it is linked to nothing.",
    "TextForm.tlp": "It follows the rule of confidentiality, which has to be chosen.",
    "SendsForm.organisation": "A line without an organisation is no line.",
    "SendsForm.contact": "Nobody: those who answer for the organisation are asked.",
    "GuestForm.person": "A line without a person is no line.",
    "GuestForm.role": "A participant has no part beyond that of everybody at the table.",
    "ComesForm.person": "It is not shown: each line is one person.",
    "ComesForm.role": "A participant has no part beyond that of everybody at the table.",
    "ItemForm.lead": "Nobody leads it.",
    "ItemForm.state": "Planned is what an item is that is added.",
    "ForItemForm.item": "It is for the dialogue as a whole.",
    "ArrivalForm.person": "It begins with nobody, and the service refuses that.",
    "ArrivalForm.side": "Somebody who comes for no delegation sees the notes of none.",
    "PutForm.item": "It is on no item.",
    "NormLinkForm.norm": "It begins with 'Choose', and the service refuses that.",
    "AddPointForm.after": "Where a point stands can be changed with one click.",
    "CommentForm.point": "It is about the whole.",
    "ObjectForm.point": "It is about the whole.",
    "TimesForm.keeps": "What is offered is what the clock there shows; it is said beside.",
    "MoveForm.keeps": "It stays as it was chosen before.",
    "ViewForm.organisation": "Only for whoever saves it: nobody else sees it.",
    "ConveneForm.keeps": "What is fixed is what the clock there shows; it is said beside.",
}


class _Chosen(SelectField):  # type: ignore[misc]  # WTForms has no types
    """A choice that somebody has to make; sending it as it first stands is refused."""

    data: Any

    def __init__(self, *args: Any, in_look: bool = True, **options: Any) -> None:
        """`in_look` is false where a look at the audience, which keeps nothing, can do without."""
        super().__init__(*args, **options)
        self.in_look = in_look

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was sent; the empty entry is no choice."""
        if valuelist and valuelist[0] != "":
            super().process_formdata(valuelist)
        else:
            self.data = None

    def pre_validate(self, form: Any) -> None:
        """Refuse what was left alone."""
        if self.data is None:
            looks = not self.in_look and LOOK in request.form
            raise StopValidation("" if looks else gettext("Choose one."))
        super().pre_validate(form)

    def _alone(self) -> bool:
        # Where there is one entry there is nothing to choose, and it is shown as what it is.
        return len(list(self.choices or ())) == 1


class Needed:
    """A field that the service refuses when it is empty: said together with all other faults.

    Without it the service's word would come only after everything that the form itself checks is
    mended. `in_look` is false where a look at the audience, or more lines, can do without.
    """

    def __init__(self, message: Any, *, in_look: bool = True) -> None:
        self.message, self.in_look = message, in_look

    def __call__(self, _form: Any, field: Any) -> None:
        """Refuse an empty field, with nothing else said about it."""
        data = field.data.strip() if isinstance(field.data, str) else field.data
        typed = any(field.raw_data or ()) and data is None  # it has a fault of its own
        if data or typed or (not self.in_look and {LOOK, MORE} & set(request.form)):
            return
        field.errors[:] = []
        field.left_to_service = True  # see `BaseForm.validate`
        raise StopValidation(str(self.message))


class ChosenField(_Chosen):
    """A list that begins with "Choose…"."""

    def iter_choices(self) -> list[Choice]:
        """The entries, after one that is no choice."""
        entries: list[Choice] = super().iter_choices()
        if self._alone():
            return entries
        first = Choice(value="", label=gettext("Choose…"), selected=self.data is None, render_kw={})
        return [first, *entries]


class ChosenRadio(_Chosen, RadioField):  # type: ignore[misc]  # WTForms has no types
    """Radio buttons of which none is chosen at first."""


def saying_who_is_silent(
    pairs: Iterable[tuple[Any, str]], without: Iterable[tuple[Any, str]]
) -> list[tuple[Any, Any]]:
    """The same pairs, where those that are in `without` say that nobody there can answer."""
    keys, silent = {key for key, _name in without}, N_("%(name)s (nobody there can respond yet)")
    return [(key, gettext(silent, name=name) if key in keys else name) for key, name in pairs]


def options(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """Pairs of value and label as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]


# The working languages of the United Nations and of the European Union; a contact point may name
# any other, which is found by its words.
OFFERED: Final = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it",
    "lt", "lv", "mt", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "uk", "zh",
)  # fmt: skip
LANGUAGES: Final = sorted(
    ((code, Locale("en").languages[code]) for code in OFFERED), key=lambda pair: pair[1]
)
COUNTRIES = options(
    sorted(
        (
            (code, name)
            for code, name in Locale("en").territories.items()
            if len(code) == 2 and code.isalpha()
        ),
        key=lambda pair: pair[1],
    )
)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
