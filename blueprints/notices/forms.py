"""The forms of notices; what they check is only their own shape, the service checks the rest."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, ValidationError

from blueprints.audience_forms import Meaning, ReadersForm, gettext_lazy
from blueprints.choices import COUNTRIES, ChosenField, ChosenRadio, Needed, options
from models.vocabulary import (
    CERTAINTY_LABEL,
    COURSES,
    NOT_STATED,
    NOTICE_KINDS,
    PAP_MEANING,
    SECTORS,
    SEVERITIES,
    SEVERITY_MEANING,
    STAGES,
    TLP_MEANING,
    Certainty,
    Pap,
    Tlp,
)
from portal.exchange import Found
from portal.forms import BaseForm
from portal.language import gettext, ngettext
from portal.language import lazy_gettext as _
from portal.media import Upload
from portal.notices import NoticeText, TypedSign, read_rows
from portal.parsing import whole
from portal.recipients import RecipientList
from portal.words import N_

MINUTE = "%Y-%m-%dT%H:%M"
MOST_SIGNS, MOST_NAMED = 1_000, 20
KEEP, ASK = "keep", "ask"
TIMES = ("began_at", "detected_at", "contained_at", "acknowledge_by_at")


def _time(label: Any) -> DateTimeLocalField:
    return DateTimeLocalField(label, format=[MINUTE, "%Y-%m-%dT%H:%M:%S"], validators=[Optional()])


def _certainty(label: Any) -> SelectField:
    choices = options((str(value), gettext_lazy(text)) for value, text in CERTAINTY_LABEL.items())
    return SelectField(label, choices=choices, default=str(Certainty.UNKNOWN))


def _stated(label: Any, words: dict[str, str]) -> SelectField:
    unsaid = ("", gettext_lazy(NOT_STATED))
    choices = options([unsaid, *((key, gettext_lazy(word)) for key, word in words.items())])
    return SelectField(label, choices=choices, default="")


def _severities() -> list[tuple[str, Meaning]]:
    later = Meaning(gettext_lazy(NOT_STATED), N_("You can state it later."))
    meant = ((key, SEVERITY_MEANING[key]) for key in SEVERITIES)
    scale = ((key, Meaning(gettext_lazy(SEVERITIES[key]), meaning)) for key, meaning in meant)
    return [("", later), *scale]


class NoticeForm(ReadersForm):
    """A notice as it is written: text, times, marking and recipient list."""

    organisation = ChosenField(_("On behalf of"))
    title = StringField(
        _("Title"),
        validators=[Needed(_("Give the notice a title."), in_look=False), Length(max=200)],
    )
    kind = ChosenField(
        _("Type"),
        choices=options((k, gettext_lazy(v)) for k, v in NOTICE_KINDS.items()),
        in_look=False,
    )
    summary = TextAreaField(_("Summary"), validators=[Length(max=1000)])
    body = TextAreaField(_("Details"), validators=[Length(max=100_000)])
    severity = RadioField(_("Severity"), choices=options(_severities()), default="")
    course = _stated(_("Ongoing or ended"), COURSES)
    stage = _stated(_("Stage of the report"), STAGES)
    pap = ChosenRadio(
        _("Permitted use (PAP)"),
        choices=options((str(p), Meaning(f"PAP:{p}", PAP_MEANING[p])) for p in Pap),
        in_look=False,
    )
    began_at = _time(_("Start"))
    began_certainty = _certainty(_("Certainty of start"))
    detected_at = _time(_("Detected"))
    detected_certainty = _certainty(_("Certainty of detection"))
    contained_at = _time(_("Contained"))
    contained_certainty = _certainty(_("Certainty of containment"))
    sectors = SelectMultipleField(
        _("Sectors affected"), choices=options((k, gettext_lazy(v)) for k, v in SECTORS.items())
    )
    countries = SelectMultipleField(_("Countries affected"), choices=COUNTRIES)
    acknowledge_by_at = _time(_("Acknowledge by"))
    indicators = TextAreaField(_("Indicators"), validators=[Length(max=200_000)])
    detection = BooleanField(_("For detection: readers may load them into their sensors"))
    files = MultipleFileField(_("Files"))
    why = TextAreaField(_("Correction"), validators=[Length(max=500)])
    earlier = RadioField(
        _("Earlier comments"),
        choices=options(
            [
                (KEEP, _("Keep them visible only to their earlier readers")),
                (ASK, _("Ask their authors whether new readers may see them")),
            ]
        ),
        default=KEEP,
    )

    def validate_indicators(self, field: Any) -> None:
        """Name each row that is not recognised; nothing is guessed."""
        signs, wrong = read_rows(field.data or "")
        if len(signs) > MOST_SIGNS:
            raise ValidationError(gettext("At most %(n)s indicators at a time.", n=MOST_SIGNS))
        if wrong:
            rows = "; ".join(f"{row.number}: {row.text}" for row in wrong[:MOST_NAMED])
            raise ValidationError(
                ngettext(
                    "This row is not recognised: %(rows)s",
                    "%(num)s rows are not recognised: %(rows)s",
                    len(wrong),
                    rows=rows,
                )
            )

    def signs(self) -> list[TypedSign]:
        """The indicators that were typed."""
        return read_rows(self.indicators.data or "")[0]

    def text(self, zone: str, kept: NoticeText | None = None) -> NoticeText:
        """What was typed, its times read in the writer's zone.

        A time that stands as it was `kept` keeps the seconds that the field does not show.
        """
        times = {name: _instant(self[name].data, zone) for name in TIMES}
        for name, at in times.items():
            before: datetime | None = getattr(kept, name) if kept else None
            if before and at == before.replace(second=0, microsecond=0):
                times[name] = before
        return NoticeText(
            title=(self.title.data or "").strip(),
            kind=self.kind.data or "other",  # a look alone goes without
            severity=self.severity.data or "",
            course=self.course.data or "",
            stage=self.stage.data or "",
            summary=self.summary.data or "",
            body=self.body.data or "",
            tlp=Tlp(self.tlp.data),
            pap=Pap(self.pap.data or Pap.AMBER),
            began_certainty=Certainty(self.began_certainty.data),
            detected_certainty=Certainty(self.detected_certainty.data),
            contained_certainty=Certainty(self.contained_certainty.data),
            sectors=tuple(self.sectors.data or ()),
            countries=tuple(self.countries.data or ()),
            **times,
        )


class CorrectForm(NoticeForm):
    """The same of a notice that is published: what is corrected has to be said."""

    why = TextAreaField(
        _("Correction"),
        validators=[
            Needed(_("Describe the correction in one sentence."), in_look=False),
            Length(max=500),
        ],
    )


def uploads() -> list[Upload]:
    """The files that were chosen; read before the view asks the database for anything."""
    sent = request.files.getlist("files")
    return [Upload.of(one.filename or "", one.read()) for one in sent if one.filename]


def _instant(typed: datetime | None, zone: str) -> datetime | None:
    return typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if typed else None


def typed_from(text: NoticeText, to: RecipientList, zone: str) -> dict[str, Any]:
    """A saved notice as the values of its form, times in the reader's zone."""
    values: dict[str, Any] = {**text.__dict__, **{k: sorted(v) for k, v in to.__dict__.items()}}
    for name in TIMES:
        if values[name] is not None:
            values[name] = values[name].astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    for name in ("tlp", "pap", "began_certainty", "detected_certainty", "contained_certainty"):
        values[name] = str(values[name])
    return values


class EditionForm(BaseForm):
    """Something that is said to the readers of one edition."""

    edition = HiddenField()

    def seen(self) -> int | None:
        """The edition that was on the page; none where the form names none."""
        return whole(self.edition.data)


class CommentForm(EditionForm):
    """A comment."""

    text = TextAreaField(
        _("Comment"), validators=[Needed(_("Enter some text.")), Length(max=10_000)]
    )
    to_author = BooleanField(_("Only to the author's organisation"))


class FileForm(BaseForm):
    """A file to add."""

    file = FileField(_("Add a file"), validators=[FileRequired(_("Choose a file first."))])


class ImportForm(BaseForm):
    """A file to make a draft of; on the second step it comes back with the page."""

    organisation = ChosenField(_("On behalf of"))
    file = FileField(_("File"))
    carried = HiddenField()
    # What is offered in these two depends on the file; `portal.exchange.settled` checks the answer.
    part = RadioField(_("Report or event"), choices=[], validate_choice=False)
    tlp = RadioField(_("Marking of the draft"), choices=[], validate_choice=False)

    def offer(self, homes: list[tuple[Any, str]]) -> None:
        """Put the organisations that the person writes for into the list."""
        self.organisation.choices = options(homes)

    def offer_what_the_file_leaves_open(self, found: Found) -> None:
        """Put the parts of the file and the markings into the lists; none is chosen beforehand."""
        self.part.choices = options((part.key, part.title) for part in found.parts)
        self.tlp.choices = options(
            (str(tlp), Meaning(f"TLP:{tlp}", TLP_MEANING[tlp])) for tlp in found.choices
        )

    def read_file(self) -> bytes:
        """The bytes of the file; none where none was chosen."""
        return self.file.data.read() if self.file.data else b""
