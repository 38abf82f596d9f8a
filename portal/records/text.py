"""What a record says, as one plain value: it is what is shown, sent round, sealed and printed.

Keys: title, tlp, rule, redacted; dialogue (ref, title, zone, starts_at, ends_at) unless redacted;
present (organisation, people), nowhere under the Chatham House Rule; points (number, title, notes,
positions, decisions, actions); decisions: those on no point.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Record, Stance
from portal.records.things import MOST, actions_part, said_parts
from portal.things import brought

Things = dict[str, list[Any]]


def record_text(session: Session, record: Record) -> dict[str, Any]:
    """The whole record as it stands, in plain values that JSON can hold.

    Whoever is about to seal it first calls `portal.records.hold` on the record, alone.
    """
    dialogue = session.get_one(Dialogue, record.dialogue_id)
    parts = [*said_parts(record, dialogue), actions_part(record.id)]
    return text_from(record, dialogue, brought(session, parts, MOST))


def sha256_of(text: dict[str, Any]) -> str:
    """SHA-256 (FIPS 180-4) of the text as canonical JSON, as the trail is digested."""
    plain = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def text_from(record: Record, dialogue: Dialogue, things: Things) -> dict[str, Any]:
    """The same, made from what `said_parts` and `actions_part` have brought already."""
    placed = [
        (row.of, _decision(row, things, dialogue.attributed)) for row in things.get("decision", ())
    ]
    text: dict[str, Any] = {
        "title": record.title,
        "tlp": record.tlp,
        "rule": dialogue.rule,
        "redacted": record.source_id is not None,
        "points": [_point(row, things, placed) for row in things.get("point", ())],
        "decisions": [said for point, said in placed if not point],
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
            {"organisation": row.text, "people": row.size} for row in things.get("present", ())
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


def _point(row: Any, things: Things, placed: list[tuple[int, Any]]) -> dict[str, Any]:
    return {
        "number": row.place,
        "title": row.text,
        "notes": row.more,
        "positions": [
            {"delegation": said.who, "words": said.text}
            for said in things.get("position", ())
            if said.of == row.key
        ],
        "decisions": [said for point, said in placed if point == row.key],
        "actions": [
            {
                "number": act.key,
                "organisation": act.who,
                "to": act.person,
                "text": act.text,
                "due_on": act.link,
            }
            for act in things.get("action", ())
            if act.of == row.key
        ],
    }


def _decision(row: Any, things: Things, attributed: bool) -> dict[str, Any]:
    answers = [answer for answer in things.get("stance", ()) if answer.of == row.key]
    return {
        "number": row.key,
        "question": row.text,
        "stands": row.kind,
        "outcome": row.more,
        "put_at": _instant(row.at),
        "closed_at": _instant(row.until),
        "review_on": row.link,
        "counts": {str(s): sum(answer.kind == s for answer in answers) for s in Stance},
        "answers": sorted(
            (_answer(answer, attributed) for answer in answers if attributed or answer.text),
            key=lambda said: (said["stance"], said["reason"], said.get("delegation", "")),
        ),
    }


def _answer(row: Any, attributed: bool) -> dict[str, str]:
    said = {"stance": row.kind, "reason": row.text}
    return said | {"delegation": row.who} if attributed else said
