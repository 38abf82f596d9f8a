"""The forms of commitments; they check their own shape alone, the service checks the rest."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.audience_forms import KeptForm, Meaning, ReadersForm, gettext_lazy
from blueprints.choices import ChosenField, ChosenRadio, Needed, options
from models.commitments import ConditionType, Step
from models.vocabulary import THEMES, Tlp
from portal.catalogue.commitments import COMMITMENT
from portal.commitments import FOUND, REPORTED, Between, CommitmentText, Said, Shown, StepText
from portal.days import EVERY
from portal.forms import BaseForm, InnerForm
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.recipients import RecipientList
from portal.rules import LIVE, OVER
from portal.words import N_

BLANK_STEPS = 3
STEP_MEANING = {
    Step.NONE: Meaning(N_("Not begun"), N_("Nothing has been done yet.")),
    Step.MINIMAL: Meaning(N_("Minimal"), N_("A first part is done; most is not.")),
    Step.INTERMEDIATE: Meaning(N_("Intermediate"), N_("Well under way, and not complete.")),
    Step.FULL: Meaning(N_("Full"), N_("Done as promised.")),
    Step.NO_EVIDENCE: Meaning(N_("No evidence available"), N_("It cannot be told either way.")),
}
SORT_MEANING = {
    ConditionType.AFTER: Meaning(
        N_("After it"), N_("This begins so many days after the other is met.")
    ),
    ConditionType.TOGETHER: Meaning(
        N_("Together"), N_("Both begin in the same moment, once both are accepted.")
    ),
    ConditionType.WHILE: Meaning(
        N_("While it is kept"), N_("This is suspended when the other stops, after days of grace.")
    ),
}
STATES = {state: gettext_lazy(word) for state, word in COMMITMENT.states.items()}


class StepForm(InnerForm):
    """One step: a line of the list of steps; empty lines count for nothing."""

    title = StringField(_("Step"), validators=[Length(max=200)])
    due_on = DateField(_("Due"), validators=[Optional()])
    weight = IntegerField(_("Weight"), validators=[Optional(), NumberRange(1, 100)])

    def value(self) -> StepText | None:
        """The step that was typed, if any."""
        title = (self.title.data or "").strip()
        if not title and self.due_on.data is None:
            return None
        return StepText(title, self.due_on.data or date.min, self.weight.data or 1)


class TermsForm(KeptForm):
    """The terms of a commitment, as they are written, countered or amended."""

    title = StringField(
        _("What is promised, in a line"),
        validators=[Needed(_("Say in a line what is promised."), in_look=False), Length(max=200)],
    )
    body = TextAreaField(_("The promise in full"), validators=[Length(max=20_000)])
    how_known = TextAreaField(_("How one would know"), validators=[Length(max=5_000)])
    theme = ChosenField(
        _("Theme"),
        choices=options((k, gettext_lazy(v)) for k, v in THEMES.items()),
        in_look=False,
    )
    due_on = DateField(_("Due on"), validators=[Optional()])
    every = SelectField(
        _("How often"), choices=options((k, gettext_lazy(v)) for k, v in EVERY.items())
    )
    until_on = DateField(_("Recurring until"), validators=[Optional()])
    steps = FieldList(FormField(StepForm), label=_("Steps"), max_entries=40)
    why = TextAreaField(_("Why"), validators=[Length(max=500)])

    def with_blanks(self) -> None:
        """Add empty lines for further steps."""
        for _blank in range(BLANK_STEPS):
            self.steps.append_entry()

    def text(self, tlp: Tlp) -> CommitmentText:
        """What was typed."""
        steps = [entry.form.value() for entry in self.steps]
        return CommitmentText(
            title=(self.title.data or "").strip(),
            tlp=tlp,
            theme=self.theme.data or "notice-contacts",  # a look alone goes without
            body=self.body.data or "",
            how_known=self.how_known.data or "",
            due_on=self.due_on.data,
            every=self.every.data or "",
            until_on=self.until_on.data,
            steps=tuple(step for step in steps if step is not None),
        )


class OtherTermsForm(TermsForm):
    """Other terms than those that stand; why has to be said."""

    why = TextAreaField(
        _("Why"),
        validators=[Needed(_("Say in a sentence why."), in_look=False), Length(max=500)],
    )


class CommitmentForm(TermsForm, ReadersForm):
    """A draft: its terms, the parties, and who reads it beside them."""

    organisation = ChosenField(_("Who promises"))
    addressee = SelectField(
        _("To whom"), coerce=int, validators=[Needed(_("Choose to whom it is promised."))]
    )
    verifier = SelectField(_("Who verifies"), coerce=int)
    part_of = SelectField(_("Part of which process"), coerce=int)

    def with_whom(self) -> Between:
        """The parties that were chosen."""
        return Between(self.addressee.data or 0, self.verifier.data or 0, self.part_of.data or 0)


def typed_from(text: CommitmentText) -> dict[str, Any]:
    """Kept terms as the values of their form."""
    steps = [{"title": s.title, "due_on": s.due_on, "weight": s.weight} for s in text.steps]
    return {**text.__dict__, "tlp": str(text.tlp), "steps": steps}


def typed_draft(text: CommitmentText, with_whom: Between, to: RecipientList) -> dict[str, Any]:
    """A kept draft as the values of its form."""
    lists = {name: sorted(keys) for name, keys in to.__dict__.items()}
    return typed_from(text) | with_whom.__dict__ | lists


class ProposeForm(BaseForm):
    """Until when an answer is expected."""

    answer_by_on = DateField(_("Answer by"), validators=[Optional()])
    people = StringField(_("People, by name"))


class SayForm(BaseForm):
    """What a voice says: how far it has come, in words, of which step."""

    milestone = ChosenField(_("Of which step"), coerce=int)
    step = RadioField(
        _("How far it has come"), validators=[Needed(_("Choose how far it has come."))]
    )
    words = TextAreaField(
        _("In words"), validators=[Needed(_("Say it in a sentence or two.")), Length(max=10_000)]
    )
    stopped = BooleanField(_("It is not being kept at present"))

    def offer(self, steps: list[tuple[int, Any]], reports: bool, unmet: bool = False) -> None:
        """Put in the steps that are open, and the scale of this voice."""
        self.milestone.choices = options([(0, _("All of it")), *steps])
        scale = [s for s in (REPORTED if reports else FOUND) if not (unmet and s == Step.FULL)]
        self.step.choices = options(
            (str(s), Meaning(gettext_lazy(STEP_MEANING[s].word), STEP_MEANING[s].sentence))
            for s in scale
        )

    def said(self) -> Said:
        """What was typed."""
        return Said(
            self.step.data or "", self.words.data or "", self.milestone.data or 0,
            bool(self.stopped.data),
        )  # fmt: skip


class ReplyForm(BaseForm):
    """An answer to a finding."""

    words = TextAreaField(_("Reply"), validators=[Length(max=10_000)])


class EvidenceForm(BaseForm):
    """A piece of evidence: a file, or a link with the digest of what it showed."""

    title = StringField(
        _("What it shows"), validators=[Needed(_("Say in a line what it shows.")), Length(max=200)]
    )
    file = FileField(_("File"))
    link = StringField(_("Or a link"), validators=[Length(max=2000)])
    sha256 = StringField(_("SHA-256 of what the link shows"), validators=[Length(max=100)])
    expires_on = DateField(_("Good until"), validators=[Optional()])
    replaces = SelectField(_("In place of"))

    def validate_file(self, file: FileField) -> None:
        """Either a file or a link; said with all other faults."""
        if not file.data and not (self.link.data or "").strip():
            raise ValidationError(gettext("Give either a file or a link."))

    def shown(self) -> Shown:
        """What was given."""
        upload = self.file.data
        return Shown(
            title=self.title.data or "",
            file_name=upload.filename if upload else "",
            content=upload.read() if upload else b"",
            link=(self.link.data or "").strip(),
            sha256=self.sha256.data or "",
            expires_on=self.expires_on.data,
            replaces=self.replaces.data or "",
        )


class ConditionForm(BaseForm):
    """On what a draft hangs."""

    on = StringField(
        _("Reference of the other commitment"),
        validators=[Needed(_("Give a reference.")), Length(max=16)],
    )
    type = ChosenRadio(
        _("How it hangs on it"),
        choices=options(
            (str(s), Meaning(gettext_lazy(m.word), m.sentence)) for s, m in SORT_MEANING.items()
        ),
    )
    days = IntegerField(_("Days"), default=0, validators=[Optional()])


class FilterForm(BaseForm):
    """The narrowing of the overview; asked by address, so it carries no token."""

    class Meta:
        """Read from the address."""

        csrf = False

    state = SelectField(
        _("State"),
        choices=options(
            [
                ("", _("All that runs")),
                *((str(s), STATES[s]) for s in LIVE),
                ("over", _("All that is over")),
                *((str(s), STATES[s]) for s in OVER),
            ]
        ),
    )
    due = SelectField(
        _("Due"),
        choices=options([("", _("Any day")), ("late", _("Late")), ("soon", _("Within 14 days"))]),
    )
    theme = SelectField(
        _("Theme"),
        choices=options([("", _("Any theme")), *((k, gettext_lazy(v)) for k, v in THEMES.items())]),
    )
    norm = SelectField(_("Norm"))
    party = SelectField(_("Party"), coerce=int)
    part_of = SelectField(_("Process"), coerce=int)
