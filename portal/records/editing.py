"""What lies before somebody who writes a record: its points as they are now, and the table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Record
from models.stakeholders import Organisation
from portal.access import Actor, enter
from portal.comparing import words
from portal.records.things import MOST, actions_part, said_parts, table_part
from portal.records.writing import PointText
from portal.rules import RECORDS
from portal.rules.verbs import WRITE
from portal.things import brought


@dataclass(frozen=True)
class Sheet:
    """A draft to write on; `things` as in `portal.records.things`, `body` who convenes."""

    record: Record
    dialogue: Dialogue
    body: Organisation
    things: dict[str, list[Any]]

    def rows(self, word: str, of: int | None = None) -> list[Any]:
        """What hangs on it by this word, of one point where `of` is given."""
        return [row for row in self.things.get(word, ()) if of is None or row.of == of]

    def point(self, key: int) -> Any:
        """The point with this key; None where it is gone."""
        return next((row for row in self.rows("point") if row.key == key), None)

    def said(self, key: int) -> dict[int, str]:
        """The positions on a point, by the key of the delegation."""
        return {row.size: row.text for row in self.rows("position", key)}

    def text(self, key: int) -> PointText:
        """What the point says now; a position that nobody wrote is empty."""
        row = self.point(key)
        return PointText(row.text, row.more, self.said(key))

    @property
    def organisations(self) -> list[tuple[int, str]]:
        """Who is at the table, for actions: the delegations, and who convenes."""
        found = {row.of: row.text for row in self.rows("delegation")}
        return sorted((found | {self.body.id: self.body.name}).items(), key=lambda one: one[1])

    @property
    def unanswered(self) -> list[tuple[int, str]]:
        """Those of them for which nobody can answer."""
        return [(row.of, row.text) for row in self.rows("delegation") if row.flag]


def sheet(session: Session, actor: Actor, ref: str, now: datetime) -> Sheet:
    """The draft, for whoever may write it; raises what `access.enter` raises."""
    record: Record = enter(session, actor, WRITE, RECORDS, ref, now)
    dialogue = session.get_one(Dialogue, record.dialogue_id)
    body = session.get_one(Organisation, record.organisation_id)
    parts = [*said_parts(record, dialogue), actions_part(record.id), table_part(dialogue.id, now)]
    return Sheet(record, dialogue, body, brought(session, parts, MOST))


def same(one: PointText, other: PointText) -> bool:
    """Whether two texts say the same: a position that is empty is none."""
    return _plain(one) == _plain(other)


def loses(kept: PointText, typed: PointText) -> bool:
    """Whether a word of the kept text would be gone if the typed one took its place."""
    before, after = _plain(kept), _plain(typed)
    return any(
        mark == "gone" and part.strip()
        for name, text in before.items()
        for mark, part in words(text, after.get(name, ""))
    )


def _plain(text: PointText) -> dict[str, str]:
    # A browser sends lines that end in CR LF, whatever they ended in when they came.
    positions = {f"position {side}": said for side, said in text.positions.items()}
    every = {"title": text.title, "notes": text.notes, **positions}
    return {
        name: "\n".join(said.splitlines()).strip() for name, said in every.items() if said.strip()
    }
