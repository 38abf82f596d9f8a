"""What lies before somebody who writes a record: its points as they are now, and the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Delegation, Dialogue
from models.records import Record
from models.stakeholders import Organisation
from portal.access import Actor, authorize
from portal.comparing import words
from portal.parameters import NOW
from portal.recipients import SPEAKS, nobody
from portal.records.action_rows import ActionRow, actions
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
    """A draft to write on; `body` is who convenes."""

    record: Record
    dialogue: Dialogue
    body: Organisation
    points: Sequence[PointRow]
    positions: Sequence[PositionRow]
    actions: Sequence[ActionRow]
    delegations: Sequence[DelegationRow]

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
    dialogue = session.get_one(Dialogue, record.dialogue_id)
    body = session.get_one(Organisation, record.organisation_id)
    asked = {NOW.key: now, **keys_of(record)}
    rows = SHEETS[said_by(record, dialogue)].load(session, asked)
    return Sheet(
        record,
        dialogue,
        body,
        points=rows[PointRow],
        positions=rows[PositionRow],
        actions=rows[ActionRow],
        delegations=rows[DelegationRow],
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


SHEETS: Final = {
    name: Together((*parts, actions(), _delegations()), MOST).completed()
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
