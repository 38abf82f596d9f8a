"""What belongs to a record that was sent round: remarks, editions and what each changed."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.dialogues import Delegation
from models.ledger import AuditEvent
from models.records import Record, RecordAgreement, RecordComment, RecordEdition
from models.stakeholders import Organisation, Person
from portal.access import Actor, as_column, authorize, predicate, sub_resource
from portal.comparing import words
from portal.db import alias
from portal.errors import NotFound
from portal.parameters import KEY, ME, NOTHING, NOW
from portal.related import Related, related
from portal.rules import READ, RECORDS
from portal.rules.verbs import CONFIRM, READ_COMMENTS

VERSION = alias(Record, "version")
STOOD_IN = alias(Person, "stood_in")


@dataclass(frozen=True)
class Altered:
    """A passage that an edition says otherwise: its point, which sort it is, parts word by word."""

    point: str
    type: str
    who: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CommentRow:
    """A comment on an edition or an objection to it; `point_number` is None for all of it.

    `whom` is for whom an alternate objected; `for_me` where that is the reader.
    """

    id: int
    edition: int
    point_number: int | None
    kind: str
    text: str
    person: str
    whom: str
    at: datetime
    mine: bool
    for_me: bool


@dataclass(frozen=True)
class EditionRow:
    """An edition that was circulated, and by whom."""

    number: int
    at: datetime
    person: str


@dataclass(frozen=True)
class VersionRow:
    """A redacted version of the record."""

    id: int
    ref: str
    title: str
    state: str
    tlp: str


@dataclass(frozen=True)
class ConfirmationRow:
    """When the reader confirmed a redacted VERSION."""

    id: int
    at: datetime


@dataclass(frozen=True)
class AgreementRow:
    """That somebody agreed to a version: `side` is their delegation, or their own name.

    `person` agreed, `by` is the alternate who did it for them, if one did.
    """

    edition: int
    side: str
    person: str
    by: str
    at: datetime
    mine: bool


def sent_parts() -> tuple[Related[Any], ...]:
    """What was said to a record, and its versions, for whoever may read comments."""
    return comments(), _editions(), _versions(), _agreements()


def confirmations() -> Related[ConfirmationRow]:
    """When the reader confirmed a redacted VERSION."""
    question = select(AuditEvent.id, AuditEvent.at).where(
        AuditEvent.resource_type == RECORDS.name,
        AuditEvent.resource_id == KEY,
        AuditEvent.verb == CONFIRM,
        AuditEvent.person_id == ME,
    )
    return related(ConfirmationRow, question)


def comments() -> Related[CommentRow]:
    """Comments and objections, each for whoever was asked when it was made."""
    question = (
        select(
            RecordComment.id,
            RecordComment.edition,
            RecordComment.point_number,
            RecordComment.type.label("kind"),
            RecordComment.words.label("text"),
            Person.name.label("person"),
            func.coalesce(STOOD_IN.name, NOTHING).label("whom"),
            RecordComment.at,
            (func.coalesce(RecordComment.for_id, RecordComment.by_id) == ME).label("mine"),
            as_column(RecordComment.for_id == ME).label("for_me"),
        )
        .join(Person, Person.id == RecordComment.by_id)
        .outerjoin(STOOD_IN, STOOD_IN.id == RecordComment.for_id)
        .where(RecordComment.record_id == KEY, sub_resource(RecordComment, ME, NOW))
    )
    return related(CommentRow, question, order=lambda row: (row.at, row.id))


def _agreements() -> Related[AgreementRow]:
    question = (
        select(
            RecordAgreement.edition,
            func.coalesce(Organisation.name, Person.name).label("side"),
            Person.name.label("person"),
            func.coalesce(STOOD_IN.name, NOTHING).label("by"),
            RecordAgreement.at,
            (RecordAgreement.person_id == ME).label("mine"),
        )
        .join(Person, Person.id == RecordAgreement.person_id)
        .outerjoin(STOOD_IN, STOOD_IN.id == RecordAgreement.by_id)
        .outerjoin(Delegation, Delegation.id == RecordAgreement.delegation_id)
        .outerjoin(Organisation, Organisation.id == Delegation.organisation_id)
        .where(RecordAgreement.record_id == KEY)
    )
    return related(AgreementRow, question, order=lambda row: (row.at, row.side))


def _editions() -> Related[EditionRow]:
    question = (
        select(RecordEdition.number, RecordEdition.at, Person.name.label("person"))
        .join(Person, Person.id == RecordEdition.by_id)
        .where(RecordEdition.record_id == KEY)
    )
    return related(EditionRow, question, order=lambda row: row.number)


def _versions() -> Related[VersionRow]:
    seen = select(Record.id).where(Record.source_id == KEY, predicate(RECORDS, READ, ME, NOW))
    question = select(VERSION.id, VERSION.ref, VERSION.title, VERSION.state, VERSION.tlp).where(
        VERSION.id.in_(seen)
    )
    return related(VersionRow, question)


def compare(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> tuple[Record, RecordEdition, list[Altered]]:
    """What an edition says otherwise than the one before it; for those it was sent round to.

    Raises NotFound where there is no such pair, or one of the two was for others.
    """
    record = authorize(session, actor, READ_COMMENTS, RECORDS, ref, now)
    pair = session.scalars(
        select(RecordEdition)
        .where(RecordEdition.record_id == record.id)
        .where(RecordEdition.number.in_((number - 1, number)))
        .where(sub_resource(RecordEdition, actor.person_id, now))
        .order_by(RecordEdition.number)
    ).all()
    if len(pair) < 2:
        raise NotFound(ref)
    return record, pair[1], altered(pair[0].text, pair[1].text)


def altered(before: dict[str, Any], after: dict[str, Any]) -> list[Altered]:
    """The passages that two texts say otherwise; points are paired by their titles."""
    found = _changed("", {"title": before["title"]}, {"title": after["title"]})
    for old, new in _paired(before["points"], after["points"]):
        shown = new or old or {}
        heading = f"{shown['number']}. {shown['title']}"
        found += _changed(heading, _said(old), _said(new))
    old_ones, new_ones = ({"decisions": text["decisions"]} for text in (before, after))
    return found + _changed("", _said(old_ones), _said(new_ones))


def _paired(old: list[Any], new: list[Any]) -> list[tuple[Any, Any]]:
    before, after = ([point["title"] for point in points] for points in (old, new))
    pairs: list[tuple[Any, Any]] = []
    for _tag, i, k, j, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        both = min(k - i, m - j)
        pairs += zip(old[i : i + both], new[j : j + both], strict=True)
        pairs += [(point, None) for point in old[i + both : k]]
        pairs += [(None, point) for point in new[j + both : m]]
    return pairs


def _changed(heading: str, old: dict[Any, str], new: dict[Any, str]) -> list[Altered]:
    keys = dict.fromkeys([*old, *new])
    return [
        Altered(heading, *_sort(key), words(old.get(key, ""), new.get(key, "")))
        for key in keys
        if old.get(key, "") != new.get(key, "")
    ]


def _sort(key: Any) -> tuple[str, str]:
    return (key, "") if isinstance(key, str) else (key[0], key[1] if key[0] == "positions" else "")


def _said(point: dict[str, Any] | None) -> dict[Any, str]:
    """All that a point says, by what it is; rows by a key that both editions have."""
    if point is None:
        return {}
    said: dict[Any, str] = {name: point[name] for name in ("title", "notes") if name in point}
    for row in point.get("positions", ()):
        said["positions", row["delegation"]] = row["words"]
    for row in point.get("decisions", ()):
        said["decisions", row["number"]] = _decided(row)
    for row in point.get("actions", ()):
        line = f"{row['organisation']} → {row['to']}: {row['text']} {row['due_on']}"
        said["actions", row["number"]] = line.strip()
    return said


def _decided(row: dict[str, Any]) -> str:
    answers = [
        " ".join(filter(None, (answer.get("delegation"), answer["stance"], answer["reason"])))
        for answer in row["answers"]
    ]
    return "\n".join([f"{row['question']} {row['outcome']}".strip(), *answers])
