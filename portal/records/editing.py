"""What lies before somebody who writes a record: its points as they are now, and the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from models.dialogues import Delegation, Dialogue
from models.records import Record, RecordEdition
from models.stakeholders import Organisation
from portal.access import Actor, authorize, sub_resource
from portal.comparing import words
from portal.parameters import KEY, ME, NOW, ready
from portal.recipients import SPEAKS, nobody
from portal.records.action_rows import ActionRow, actions
from portal.records.editions import CommentRow, comments
from portal.records.margin import Margin, titles_of
from portal.records.related import (
    MOST,
    SAID,
    TALK,
    PointRow,
    PositionRow,
    keys_of,
    said_by,
)
from portal.records.writing import PointText
from portal.related import Related, Together, related
from portal.rules import RECORDS
from portal.rules.verbs import WRITE


@dataclass(frozen=True)
class DelegationRow:
    """An organisation at the table; `not_asked` where nobody can respond for it."""

    id: int
    organisation_id: int
    organisation: str
    not_asked: bool


@dataclass(frozen=True)
class Sheet:
    """A draft to write on; `body` is who convenes, `before` the text that was circulated last."""

    record: Record
    dialogue: Dialogue
    body: Organisation
    points: Sequence[PointRow]
    positions: Sequence[PositionRow]
    actions: Sequence[ActionRow]
    delegations: Sequence[DelegationRow]
    before: dict[str, Any] | None
    margin: Margin

    def previous(self, row: PointRow) -> dict[str, Any] | None:
        """The point with this title as it was last circulated, where the writer was asked then."""
        points = self.before["points"] if self.before else []
        same = [point for point in points if point["title"] == row.title]
        return same[0] if len(same) == 1 else None

    def point(self, key: int) -> PointRow | None:
        """The point with this key; None where it is gone."""
        return next((row for row in self.points if row.id == key), None)

    def said(self, key: int) -> dict[int, str]:
        """The positions on a point, by the key of the delegation."""
        return {row.delegation_id: row.words for row in self.positions if row.point_id == key}

    def text(self, row: PointRow) -> PointText:
        """What the point says now; a position that nobody wrote is empty."""
        return PointText(row.title, row.notes, self.said(row.id))

    @property
    def organisations(self) -> list[tuple[int, str]]:
        """Who is at the table, for actions: the delegations, and who convenes."""
        found = {row.organisation_id: row.organisation for row in self.delegations}
        return sorted((found | {self.body.id: self.body.name}).items(), key=lambda one: one[1])

    @property
    def unanswered(self) -> list[tuple[int, str]]:
        """Those of them for which nobody can answer."""
        return [
            (row.organisation_id, row.organisation) for row in self.delegations if row.not_asked
        ]


def sheet(session: Session, actor: Actor, ref: str, now: datetime) -> Sheet:
    """The draft, for whoever may write it; raises what `access.authorize` raises."""
    record: Record = authorize(session, actor, WRITE, RECORDS, ref, now)
    asked = {ME.key: actor.person_id, NOW.key: now, **keys_of(record)}
    dialogue, body, before = session.execute(AROUND, asked).one()
    rows = SHEETS[said_by(record, dialogue)].load(session, asked)
    return Sheet(
        record,
        dialogue,
        body,
        points=rows[PointRow],
        positions=rows[PositionRow],
        actions=rows[ActionRow],
        delegations=rows[DelegationRow],
        before=before,
        margin=Margin(
            record.edition,
            titles_of(before),
            [(row.number, row.title) for row in rows[PointRow]],
            rows[CommentRow],
        ),
    )


def _around() -> Select[Any]:
    edition = and_(
        RecordEdition.record_id == Record.id,
        RecordEdition.number == Record.edition,
        sub_resource(RecordEdition, ME, NOW),
    )
    return (
        select(Dialogue, Organisation, RecordEdition.text)
        .select_from(Record)
        .join(Dialogue, Dialogue.id == Record.dialogue_id)
        .join(Organisation, Organisation.id == Record.organisation_id)
        .outerjoin(RecordEdition, edition)
        .where(Record.id == KEY)
    )


def _delegations() -> Related[DelegationRow]:
    """The organisations at the table, for whoever writes."""
    question = (
        select(
            Delegation.id,
            Delegation.organisation_id,
            Organisation.name.label("organisation"),
            nobody(SPEAKS, NOW).label("not_asked"),
        )
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Delegation.dialogue_id == TALK)
    )
    return related(DelegationRow, question)


AROUND: Final = ready(_around())
SHEETS: Final = {
    name: Together((*parts, actions(), _delegations(), comments()), MOST).completed()
    for name, parts in SAID.items()
}


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
