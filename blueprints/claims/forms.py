"""The forms of claims; what they check is only their own shape, the service checks the rest."""

from typing import Any, Final

from flask import request
from wtforms import (
    DateField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, ValidationError

from blueprints.audience_forms import KeptForm, ReadersForm, gettext_lazy
from blueprints.choices import LOOK, ChosenField, Needed, options
from models.vocabulary import NOT_STATED, Tlp
from portal.claims import NUMBER, SCALES, ClaimText
from portal.claims.words import (
    ABOUT,
    CONSIDERATIONS,
    EVIDENCE,
    FORMS,
    RESPONSIBILITY,
    STANCES,
    Stance,
)
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.norms import NORMS, VERIFICATION_LABELS
from portal.norms import label as norm_label
from portal.parsing import reference, whole
from portal.recipients import RecipientList

ASKED: Final = "considered_"
OTHER: Final = ("", gettext_lazy(NOT_STATED))


def _words(words: Any) -> list[Any]:
    return options((str(key), gettext_lazy(word)) for key, word in words.items())


def _scales() -> list[Any]:
    """Each word of each scale, as `scale:word`; the last is a number that is typed beside."""
    found: list[tuple[str, Any]] = [OTHER]
    for scale in SCALES.values():
        found += [
            (
                f"{scale.key}:{word.key}",
                _(
                    "%(scale)s: %(word)s",
                    scale=gettext_lazy(scale.label),
                    word=gettext_lazy(word.label),
                ),
            )
            for word in scale.words
        ]
    return options([*found, (f"{NUMBER}:", _("STIX: a number from 0 to 100"))])


class ClaimForm(ReadersForm):
    """A claim as it is written: who says what about whom, from where, and to whom it goes."""

    organisation = ChosenField(_("On behalf of"))
    title = StringField(
        _("What is claimed"),
        validators=[
            Needed(_("Say in one sentence what is claimed."), in_look=False),
            Length(max=200),
        ],
    )
    claimant = StringField(_("Who claims it"), validators=[Length(max=200)])
    stance = SelectField(_("Stance"), choices=_words(STANCES), default=str(Stance.STATES))
    answers = StringField(_("Claim that it answers"), validators=[Length(max=20)])
    about_sort = ChosenField(_("Whom it is about"), choices=_words(ABOUT), in_look=False)
    about = StringField(_("Name"), validators=[Length(max=200)])
    about_id = SelectField(_("Where that is an organisation of this portal"), default="")
    form = ChosenField(_("Form"), choices=_words(FORMS), in_look=False)
    said_on = StringField(
        _("Day"),
        validators=[
            Needed(_("Enter the day, the month or the year."), in_look=False),
            Length(max=10),
        ],
    )
    body = TextAreaField(_("Exactly what is said"), validators=[Length(max=20_000)])
    basis = TextAreaField(_("Basis"), validators=[Length(max=5_000)])
    evidence = SelectMultipleField(_("Kinds of evidence"), choices=_words(EVIDENCE))
    confidence = SelectField(
        _("Confidence, in the claimant's words"), choices=_scales(), default=""
    )
    number = StringField(_("Number (STIX)"), validators=[Length(max=3)])
    responsibility = SelectField(
        _("Part of a State, where the claimant says it"),
        choices=[*options([OTHER]), *_words(RESPONSIBILITY)],
        default="",
    )
    alternatives = TextAreaField(_("Alternatives considered"), validators=[Length(max=5_000)])
    norms = SelectMultipleField(
        _("Relevant to"), choices=options((key, norm_label(key)) for key in NORMS)
    )
    notice = StringField(_("Notice that it rests on"), validators=[Length(max=20)])
    source_title = StringField(_("Title of the source"), validators=[Length(max=300)])
    source_publisher = StringField(_("Publisher"), validators=[Length(max=200)])
    source_on = StringField(_("Day of the source"), validators=[Length(max=10)])
    source_url = StringField(_("Address of the source"), validators=[Length(max=500)])
    verified = ChosenField(
        _("How far verified"), choices=_words(VERIFICATION_LABELS), in_look=False
    )
    considered_technical = TextAreaField(CONSIDERATIONS["technical"].question)
    considered_scale = TextAreaField(CONSIDERATIONS["scale"].question)
    considered_context = TextAreaField(CONSIDERATIONS["context"].question)
    considered_consultations = TextAreaField(CONSIDERATIONS["consultations"].question)
    considered_substantiated = TextAreaField(CONSIDERATIONS["substantiated"].question)
    considered_escalation = TextAreaField(CONSIDERATIONS["escalation"].question)
    why = TextAreaField(_("Correction"), validators=[Length(max=500)])

    def offer(self, choices: dict[str, list[tuple[Any, str]]]) -> None:
        """Put the entries that the person may choose into the lists."""
        super().offer(choices)
        nobody = ("", gettext("None"))
        homes = ((str(key), name) for key, name in choices["organisations"])
        self.about_id.choices = options([nobody, *homes])
        for key, one in CONSIDERATIONS.items():
            self[ASKED + key].label.text = gettext(one.question)

    def validate_about(self, field: Any) -> None:
        """Ask for a name together with all that is missing, unless nobody is named."""
        named = (field.data or "").strip() or self.about_id.data
        if not named and self.about_sort.data != "unknown" and LOOK not in request.form:
            raise ValidationError(gettext("Name whom the claim is about."))

    def refs(self) -> tuple[str, str]:
        """The references that were typed: of the claim it answers, and of its notice."""
        return reference(self.answers.data), reference(self.notice.data)

    def text(self, answers_id: int | None, notice_id: int | None) -> ClaimText:
        """What was typed; the keys are those of the references."""
        scale, _between, word = (self.confidence.data or "").partition(":")
        said = {key: (self[ASKED + key].data or "").strip() for key in CONSIDERATIONS}
        return ClaimText(
            title=(self.title.data or "").strip(),
            tlp=Tlp(self.tlp.data),
            form=self.form.data or "own-statement",  # a look alone goes without
            said_on=(self.said_on.data or "2000").strip(),
            about_sort=self.about_sort.data or "unknown",
            verified=self.verified.data or "memory",
            stance=self.stance.data,
            answers_id=answers_id,
            notice_id=notice_id,
            claimant=(self.claimant.data or "").strip(),
            about=(self.about.data or "").strip(),
            about_id=whole(self.about_id.data) or None,
            body=self.body.data or "",
            basis=self.basis.data or "",
            evidence=tuple(self.evidence.data or ()),
            scale=scale,
            confidence=(self.number.data or "").strip() if scale == NUMBER else word,
            responsibility=self.responsibility.data or "",
            alternatives=self.alternatives.data or "",
            considerations={key: words for key, words in said.items() if words},
            norms=tuple(self.norms.data or ()),
            source_title=(self.source_title.data or "").strip(),
            source_publisher=(self.source_publisher.data or "").strip(),
            source_on=(self.source_on.data or "").strip(),
            source_url=(self.source_url.data or "").strip(),
        )


class CorrectForm(ClaimForm):
    """The same of a claim that is published: what is corrected has to be said."""

    why = TextAreaField(
        _("Correction"),
        validators=[
            Needed(_("Describe the correction in one sentence."), in_look=False),
            Length(max=500),
        ],
    )


def typed_from(text: ClaimText, to: RecipientList, refs: tuple[str, str]) -> dict[str, Any]:
    """A saved claim as the values of its form."""
    values: dict[str, Any] = {**text.__dict__, **{k: sorted(v) for k, v in to.__dict__.items()}}
    by_number = text.scale == NUMBER
    word = "" if by_number else text.confidence
    values |= {
        "tlp": str(text.tlp),
        "about_id": str(text.about_id or ""),
        "answers": refs[0],
        "notice": refs[1],
        "confidence": f"{text.scale}:{word}" if text.scale else "",
        "number": text.confidence if by_number else "",
    }
    return values | {ASKED + key: words for key, words in text.considerations.items()}


class AskReplyForm(KeptForm):
    """Until when whoever is named may reply to the draft as it was read."""

    by_on = DateField(_("Reply by the end of"))


class ReplyForm(KeptForm):
    """A reply of whom the claim names, to the version that was read."""

    text = TextAreaField(_("Your reply"), validators=[Length(max=10_000)])
