"""What a writer says of a redacted version, and what lies behind it: the adopted record."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.records import Record, RecordEdition
from models.vocabulary import Tlp
from portal.bars import shows
from portal.db import alias
from portal.records.names import names_in
from portal.records.overlaying import marks_of
from portal.records.redacted import Marks, redacted_text, still_shown
from portal.records.text import sha256_of
from portal.words import N_

MOST_WORDS: Final = 200
LONGEST: Final = 200
FIRST: Final = 1  # a redacted version has one edition, which is written anew until confirmed
OWN = alias(RecordEdition, "own_edition")


@dataclass(frozen=True)
class Trial:
    """What mark-up would still show of what is taken out, tried on the text with this SHA-256."""

    sha256: str
    in_title: bool
    in_points: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """What a writer says of a redacted version: its title and marking, and what is taken out.

    With a trial (see `tried`) no Markdown is rendered where it is written.
    """

    title: str
    tlp: str
    marks: Marks
    trial: Trial | None = field(default=None, compare=False, repr=False)

    def problems(self) -> dict[str, str]:
        """A message for each field that cannot be taken."""
        found = {}
        if not self.title.strip() or len(self.title) > LONGEST:
            found["title"] = N_("Give the version a title of its own.")
        elif self.trial.in_title if self.trial else shows(self.title, self.marks.words):
            found["title"] = N_("The title still contains what is to be removed.")
        if self.tlp not in set(Tlp):
            found["tlp"] = N_("Choose a marking.")
        words = self.marks.words
        if len(words) > MOST_WORDS or any(len(word) > LONGEST for word in words):
            found["words"] = N_("There are too many words, or some are too long.")
        return found


@dataclass(frozen=True)
class Behind:
    """The adopted record behind a redacted version, its text, and the version's own (if any)."""

    source: Record
    text: dict[str, Any]
    own: dict[str, Any] | None


def behind(session: Session, record: Record) -> Behind:
    """What lies behind a redacted version; behind an adopted record lies itself."""
    own = and_(OWN.record_id == record.id, OWN.number == FIRST, Record.id == record.source_id)
    found = session.execute(
        select(Record, RecordEdition.text, OWN.text)
        .join(RecordEdition, RecordEdition.record_id == Record.id)
        .outerjoin(OWN, own)
        .where(Record.id == (record.source_id or record.id), RecordEdition.number == Record.edition)
    ).one()
    return Behind(*found)


def tried(version: Version, found: Behind) -> Version:
    """The same, with a trial of what mark-up would still show; made before any transaction."""
    words = version.marks.words
    said = {"title": version.title, "tlp": version.tlp, "ref": found.source.ref}
    points = still_shown(redacted_text(found.text, version.marks, **said), words)
    trial = Trial(sha256_of(found.text), shows(version.title, words), tuple(points))
    return replace(version, trial=trial)


def still_in(version: Version, source: dict[str, Any], text: dict[str, Any]) -> Sequence[str]:
    """Titles of points that would still show something; tried now where no trial fits `source`."""
    if version.trial is not None and version.trial.sha256 == sha256_of(source):
        return version.trial.in_points
    return still_shown(text, version.marks.words)


def version_of(record: Record, found: Behind) -> Version:
    """What the redacted version says now; what it takes out is read off its source."""
    marks = marks_of(found.text, found.own) if found.own else Marks()
    return Version(record.title, record.tlp, marks)


def suggested(session: Session, found: Behind) -> list[str]:
    """Names that a redacted version may want to keep back: those at the table that it names."""
    names = {name.name for name in names_in(session, found.source, found.text)}
    for point in found.text["points"]:
        names |= {row["delegation"] for row in point["positions"]}
        names |= {row[end] for row in point["actions"] for end in ("organisation", "to")}
        names |= _voted(point["decisions"])
    return sorted(names | _voted(found.text["decisions"]))


def _voted(decisions: list[dict[str, Any]]) -> set[str]:
    answers = (answer for said in decisions for answer in said["answers"])
    return {answer["delegation"] for answer in answers if "delegation" in answer}
