"""The forms of commitments; they check their own shape alone, the service checks the rest."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.audience_forms import KeptForm, Meaning, ReadersForm, gettext_lazy
from blueprints.choices import ChosenField, ChosenRadio, Needed, options
from blueprints.numbers import WholeField
from blueprints.precaution_forms import ask
from models.commitments import ConditionType, Step
from models.vocabulary import THEMES, Tlp
from portal.catalogue.commitments import COMMITMENT
from portal.commitments import FOUND, REPORTED, Between, CommitmentText, Said, Shown, StepText
from portal.days import EVERY
from portal.forms import BaseForm, InnerForm
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.precautions import UNINTENDED
from portal.recipients import RecipientList
from portal.words import N_

BLANK_STEPS = 3
STEP_MEANING = {
    Step.NONE: Meaning(N_("Not started"), N_("Nothing has been done yet.")),
    Step.MINIMAL: Meaning(N_("Minimal"), N_("A first part is done; most is not.")),
    Step.INTERMEDIATE: Meaning(N_("Intermediate"), N_("Well under way, and not complete.")),
    Step.FULL: Meaning(N_("Full"), N_("Done as committed.")),
    Step.NO_EVIDENCE: Meaning(
        N_("No evidence available"), N_("It cannot be determined either way.")
    ),
}
SORT_MEANING = {
    ConditionType.AFTER: Meaning(
        N_("Starts after it"),
        N_("This commitment starts the given number of days after the other one is met."),
    ),
    ConditionType.TOGETHER: Meaning(
        N_("Starts together"),
        N_("Both commitments start at the same time, once both are accepted."),
    ),
    ConditionType.WHILE: Meaning(
        N_("Only while it is met"),
        N_("This commitment is suspended when the other one stops, after a grace period."),
    ),
}
STATES = {state: gettext_lazy(word) for state, word in COMMITMENT.states.items()}


class StepForm(InnerForm):
    """One step: a line of the list of steps; empty lines count for nothing."""

    title = StringField(_("Milestone"), validators=[Length(max=200)])
    due_on = DateField(_("Due"), validators=[Optional()])
    weight = WholeField(_("Weight"), validators=[Optional(), NumberRange(1, 100)])

    def value(self) -> StepText | None:
        """The step that was typed, if any."""
        title = (self.title.data or "").strip()
        if not title and self.due_on.data is None:
            return None
        return StepText(title, self.due_on.data or date.min, self.weight.data or 1)


class TermsForm(KeptForm):
    """The terms of a commitment, as they are written, countered or amended."""

    title = StringField(
        _("Commitment in one line"),
        validators=[
            Needed(_("Describe the commitment in one line."), in_look=False),
            Length(max=200),
        ],
    )
    body = TextAreaField(_("Full text"), validators=[Length(max=20_000)])
    how_known = TextAreaField(_("Verification criteria"), validators=[Length(max=5_000)])
    theme = ChosenField(
        _("Theme"),
        choices=options((k, gettext_lazy(v)) for k, v in THEMES.items()),
        in_look=False,
    )
    due_on = DateField(_("Due date"), validators=[Optional()])
    every = SelectField(
        _("How often"), choices=options((k, gettext_lazy(v)) for k, v in EVERY.items())
    )
    until_on = DateField(_("Recurring until"), validators=[Optional()])
    steps = FieldList(FormField(StepForm), label=_("Milestones"), max_entries=40)
    why = TextAreaField(_("Reason"), validators=[Length(max=500)])

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
        _("Reason"),
        validators=[Needed(_("Give the reason in one sentence."), in_look=False), Length(max=500)],
    )


class CommitmentForm(TermsForm, ReadersForm):
    """A draft: its terms, the parties, and who reads it beside them."""

    organisation = ChosenField(_("Committing party"))
    addressee = SelectField(
        _("Counterpart"), coerce=int, validators=[Needed(_("Choose the counterpart."))]
    )
    verifier = SelectField(_("Verifier"), coerce=int)
    part_of = SelectField(_("Process"), coerce=int)

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


class ProposeForm(KeptForm):
    """Until when an answer is expected, and of an operation what nobody means by it."""

    answer_by_on = DateField(_("Response due"), validators=[Optional()])
    people = StringField(_("People, by name"))


ask(ProposeForm, UNINTENDED)


class SayForm(BaseForm):
    """What a voice says: how far it has come, in words, of which step."""

    milestone = ChosenField(_("Milestone"), coerce=int)
    step = RadioField(_("Progress"), validators=[Needed(_("Choose how far it is."))])
    words = TextAreaField(
        _("Description"),
        validators=[Needed(_("Describe it in one or two sentences.")), Length(max=10_000)],
    )
    stopped = BooleanField(_("Not met at present"))

    def offer(self, steps: list[tuple[int, Any]], reports: bool, unmet: bool = False) -> None:
        """Put in the steps that are open, and the scale of this voice."""
        self.milestone.choices = options([(0, _("Whole commitment")), *steps])
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

    words = TextAreaField(_("Right of reply"), validators=[Length(max=10_000)])


class CommentForm(BaseForm):
    """A comment."""

    text = TextAreaField(
        _("Comment"), validators=[Needed(_("Enter a comment.")), Length(max=10_000)]
    )


class EvidenceForm(BaseForm):
    """A piece of evidence: a file, or a link with the digest of what it showed."""

    title = StringField(
        _("What it shows"),
        validators=[Needed(_("Describe in one line what it shows.")), Length(max=200)],
    )
    file = FileField(_("File"))
    link = StringField(_("Link"), validators=[Length(max=2000)])
    sha256 = StringField(_("SHA-256 of the linked content"), validators=[Length(max=100)])
    expires_on = DateField(_("Valid until"), validators=[Optional()])
    replaces = SelectField(_("Replaces"))

    def validate_file(self, file: FileField) -> None:
        """Either a file or a link; said with all other faults."""
        if not file.data and not (self.link.data or "").strip():
            raise ValidationError(gettext("Give a file or a link, not both."))

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
        _("Type of dependency"),
        choices=options(
            (str(s), Meaning(gettext_lazy(m.word), m.sentence)) for s, m in SORT_MEANING.items()
        ),
    )
    days = WholeField(_("Days"), default=0, validators=[Optional()])
