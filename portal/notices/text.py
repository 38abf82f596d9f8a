"""What a notice says, as one value: it comes from a form or a file and is kept per edition."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final

from models.notices import Notice
from models.vocabulary import (
    COURSES,
    NOTICE_KINDS,
    SECTORS,
    SEVERITIES,
    STAGES,
    Certainty,
    Pap,
    Tlp,
)
from portal.words import N_

# Fields that may be left unsaid, and the words that they may hold.
UNSAID_OR: Final = {"severity": SEVERITIES, "course": COURSES, "stage": STAGES}
LONGEST = {"title": 200, "summary": 1000, "body": 100_000}
CLOCK_SKEW = timedelta(minutes=10)


@dataclass(frozen=True)
class NoticeText:
    """The content of a notice; times are aware instants. What is not stated is empty."""

    title: str
    tlp: Tlp
    pap: Pap = Pap.AMBER
    kind: str = "other"
    severity: str = ""
    course: str = ""
    stage: str = ""
    summary: str = ""
    body: str = ""
    began_at: datetime | None = None
    began_certainty: Certainty = Certainty.UNKNOWN
    detected_at: datetime | None = None
    detected_certainty: Certainty = Certainty.UNKNOWN
    contained_at: datetime | None = None
    contained_certainty: Certainty = Certainty.UNKNOWN
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    acknowledge_by_at: datetime | None = None

    def problems(self, now: datetime, kept: "NoticeText | None" = None) -> dict[str, str]:
        """What cannot be taken, a message id for each field; the deadline `kept` may be over."""
        found: dict[str, str] = {}
        if not self.title.strip():
            found["title"] = N_("Give the notice a title.")
        for name, longest in LONGEST.items():
            if len(getattr(self, name)) > longest:
                found[name] = N_("This is too long.")
        if self.kind not in NOTICE_KINDS:
            found["kind"] = N_("Choose a type from the list.")
        for name, words in UNSAID_OR.items():
            if getattr(self, name) not in ("", *words):
                found[name] = N_("Choose one from the list.")
        if not set(self.sectors) <= set(SECTORS):
            found["sectors"] = N_("Choose sectors from the list.")
        found.update(self._wrong_times(now))
        by_at = self.acknowledge_by_at
        if by_at is not None and by_at <= now and (kept is None or by_at != kept.acknowledge_by_at):
            found["acknowledge_by_at"] = N_("This deadline has passed; choose a later one.")
        return found

    def _wrong_times(self, now: datetime) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in ("began", "detected", "contained"):
            at = getattr(self, f"{name}_at")
            if at is not None and at > now + CLOCK_SKEW:
                found[f"{name}_at"] = N_("This is in the future.")
            if at is not None and self.began_at is not None and at < self.began_at:
                found[f"{name}_at"] = N_("This is before the incident began.")
        return found

    def write_into(self, notice: Notice) -> None:
        """Put the text into the notice."""
        for field in fields(self):
            value = getattr(self, field.name)
            setattr(notice, field.name, list(value) if isinstance(value, tuple) else value)

    def as_json(self) -> dict[str, Any]:
        """The text as plain values, for the kept edition."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
        }


def text_of(notice: Notice) -> NoticeText:
    """The text that a notice holds now."""
    values: dict[str, Any] = {f.name: getattr(notice, f.name) for f in fields(NoticeText)}
    values |= {name: tuple(v) for name, v in values.items() if isinstance(v, list)}
    values |= {name: Certainty(values[name]) for name in values if name.endswith("_certainty")}
    values |= {"tlp": Tlp(notice.tlp), "pap": Pap(notice.pap)}
    return NoticeText(**values)
