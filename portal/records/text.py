"""What a record says, as one plain value: it is what is shown, sent round, sealed and printed.

Keys: title, tlp, rule, redacted; dialogue (ref, title, zone, starts_at, ends_at) unless redacted;
present (organisation, people), nowhere under the Chatham House Rule; points (number, title, notes,
positions, decisions, actions); decisions: those on no point.
"""

import hashlib
import json
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Record, Stance
from portal.records.action_rows import ActionRow, actions
from portal.records.related import (
    MOST,
    SAID,
    AnswerRow,
    DecisionRow,
    PointRow,
    Said,
    keys_of,
    said_by,
    said_in,
)
from portal.related import Together

TEXTS: Final = {
    name: Together((*parts, actions()), MOST).completed() for name, parts in SAID.items()
}


def record_text(session: Session, record: Record) -> dict[str, Any]:
    """The whole record as it stands, in plain values that JSON can hold.

    Whoever is about to seal it first calls `portal.records.hold` on the record, alone.
    """
    dialogue = session.get_one(Dialogue, record.dialogue_id)
    rows = TEXTS[said_by(record, dialogue)].load(session, keys_of(record))
    return text_from(record, dialogue, said_in(rows, rows[ActionRow]))


def sha256_of(text: dict[str, Any]) -> str:
    """SHA-256 (FIPS 180-4) of the text as canonical JSON, as the trail is digested."""
    plain = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def text_from(record: Record, dialogue: Dialogue, said: Said) -> dict[str, Any]:
    """The same, made from rows that were loaded already."""
    placed = [(row.point_id, _decision(row, said, dialogue.attributed)) for row in said.decisions]
    text: dict[str, Any] = {
        "title": record.title,
        "tlp": record.tlp,
        "rule": dialogue.rule,
        "redacted": record.source_id is not None,
        "points": [_point(row, said, placed) for row in said.points],
        "decisions": [decision for point_id, decision in placed if point_id is None],
    }
    if record.source_id is None:
        # Wider readers of a redacted version need not know the dialogue: a closed one, least.
        text["dialogue"] = {
            "ref": dialogue.ref,
            "title": dialogue.title,
            "zone": dialogue.zone,
            "starts_at": _instant(dialogue.starts_at),
            "ends_at": _instant(dialogue.ends_at),
        }
    if dialogue.attributed and record.source_id is None:
        # The Chatham House Rule keeps back who spoke and "any other participant": no list at all.
        text["present"] = [
            {"organisation": row.organisation or "", "people": row.people} for row in said.present
        ]
    return text


def without_names(text: dict[str, Any]) -> dict[str, Any]:
    """The text as it is shown outside the table under the Chatham House Rule.

    Which organisation is to do what would tell who took part.
    """
    points = [
        point | {"actions": [act | {"organisation": "", "to": ""} for act in point["actions"]]}
        for point in text["points"]
    ]
    return text | {"points": points}


def _instant(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _point(row: PointRow, said: Said, placed: list[tuple[int | None, Any]]) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "notes": row.notes,
        "positions": [
            {"delegation": position.delegation, "words": position.words}
            for position in said.positions
            if position.point_id == row.id
        ],
        "decisions": [decision for point_id, decision in placed if point_id == row.id],
        "actions": [
            {
                "number": action.id,
                "organisation": action.organisation,
                "to": action.addressee,
                "text": action.text,
                "due_on": _day(action.due_on),
            }
            for action in said.actions
            if action.point_id == row.id
        ],
    }


def _decision(row: DecisionRow, said: Said, attributed: bool) -> dict[str, Any]:
    answers = [answer for answer in said.answers if answer.decision_id == row.id]
    return {
        "number": row.id,
        "question": row.text,
        "stands": row.status,
        "outcome": row.outcome,
        "put_at": _instant(row.called_at),
        "closed_at": _instant(row.closed_at),
        "review_on": _day(row.review_on),
        "counts": {str(s): sum(answer.stance == s for answer in answers) for s in Stance},
        "answers": sorted(
            (_answer(answer, attributed) for answer in answers if attributed or answer.reason),
            key=lambda one: (one["stance"], one["reason"], one.get("delegation", "")),
        ),
    }


def _answer(row: AnswerRow, attributed: bool) -> dict[str, str]:
    said = {"stance": row.stance, "reason": row.reason}
    return said | {"delegation": row.delegation or ""} if attributed else said
