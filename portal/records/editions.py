"""What hangs on a record that was sent round: remarks, editions and what each of them changed."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.ledger import AuditEvent
from models.records import Record, RecordEdition, Remark
from models.stakeholders import Person
from portal.access import Actor, clause, enter, part
from portal.comparing import words
from portal.errors import NotFound
from portal.rules import READ, RECORDS
from portal.rules.verbs import CONFIRM, READ_REMARKS
from portal.things import thing


@dataclass(frozen=True)
class Altered:
    """A passage that an edition says otherwise: its point, which sort it is, parts word by word."""

    point: str
    sort: str
    who: str
    parts: tuple[tuple[str, str], ...]


def sent_parts(record: Record, actor: Actor, now: datetime) -> list[Any]:
    """Remarks, editions and redacted versions of a record, for whoever may read remarks."""
    if record.source_id is not None:
        return []
    remarks = _remarks(record.id, actor.person_id).where(part(Remark, actor.person_id, now))
    return [remarks, _editions(record.id), _versions(record.id, actor, now)]


def confirmed_part(key: int, who: int) -> Any:
    """When the reader confirmed a redacted version."""
    return thing("confirmed", at=AuditEvent.at, key=AuditEvent.id).where(
        AuditEvent.kind == RECORDS.name,
        AuditEvent.matter_id == key,
        AuditEvent.verb == CONFIRM,
        AuditEvent.person_id == who,
    )


def _remarks(key: int, who: int) -> Any:
    # kind: comment, objection or late-objection; size: the edition; place: the point, 0 for all;
    # mine: the reader wrote it.
    return (
        thing(
            "remark",
            mine=Remark.by_id == who,
            key=Remark.id,
            place=func.coalesce(Remark.point_number, 0),
            size=Remark.edition,
            kind=Remark.sort,
            text=Remark.words,
            person=Person.name,
            at=Remark.at,
        )
        .join(Person, Person.id == Remark.by_id)
        .where(Remark.record_id == key)
    )


def _editions(key: int) -> Any:
    return (
        thing(
            "edition",
            key=RecordEdition.number,
            at=RecordEdition.at,
            person=Person.name,
            more=RecordEdition.sha256,
        )
        .join(Person, Person.id == RecordEdition.by_id)
        .where(RecordEdition.record_id == key)
    )


def _versions(key: int, actor: Actor, now: datetime) -> Any:
    version = aliased(Record, name="version")
    seen = select(Record.id).where(
        Record.source_id == key, clause(RECORDS, READ, actor.person_id, now)
    )
    return thing(
        "version",
        key=version.id,
        ref=version.ref,
        text=version.title,
        kind=version.state,
        tlp=version.tlp,
    ).where(version.id.in_(seen))


def compare(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> tuple[Record, RecordEdition, list[Altered]]:
    """What an edition says otherwise than the one before it; for those it was sent round to.

    Raises NotFound where there is no such pair, or one of the two was for others.
    """
    record = enter(session, actor, READ_REMARKS, RECORDS, ref, now)
    pair = session.scalars(
        select(RecordEdition)
        .where(RecordEdition.record_id == record.id)
        .where(RecordEdition.number.in_((number - 1, number)))
        .where(part(RecordEdition, actor.person_id, now))
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
