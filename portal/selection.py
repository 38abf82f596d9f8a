"""What somebody selects in a list: what they may do with each, asked of the policy at once."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, select
from sqlalchemy.orm import Session

from models.base import Resource
from portal.access import Actor, as_column, beside_read
from portal.errors import Invalid, Refused, TooLate
from portal.ladders import last_reminder
from portal.ledger import at_once, audit
from portal.parameters import ME, NOW, padded, ready
from portal.receipts import export_of_many
from portal.rules import EXPORT, REMIND, SHUT, UNNAMED, ResourceType

MOST_SELECTED: Final = 100
# Of these a steward sees the envelope of some only, or not who acted: each is noted by itself.
KEPT_BACK: Final = {*SHUT, *UNNAMED}
REFS: Final[BindParameter[str]] = bindparam("refs", type_=String(), expanding=True)


class Selection:
    """The rows of a list that can be selected, by one statement that is built once.

    `question` is of what the person may read, and has `id`, `ref` and, where there is one,
    `edition` (the version that receipts name). Each row has besides: `may_export`; and where the
    type knows reminders, `may_remind` and when one was last sent (`reminded_at`, by the trail
    where the type says nothing else). Whoever may take along what they read says so by
    `export=READ`.
    """

    def __init__(
        self,
        resource_type: ResourceType[Any],
        question: Select[Any],
        *,
        export: str = EXPORT,
        reminded_at: Any = None,
    ) -> None:
        model, self._type = resource_type.model, resource_type
        may = {"may_export": export}
        if REMIND in resource_type.verbs:
            may["may_remind"] = REMIND
            last = last_reminder(resource_type) if reminded_at is None else reminded_at
            question = question.add_columns(last.label("reminded_at"))
        columns = [
            as_column(beside_read(resource_type, verb, ME, NOW)).label(name)
            for name, verb in may.items()
        ]
        self._question = ready(question.where(model.ref.in_(REFS)).add_columns(*columns))

    def rows(
        self, session: Session, actor: Actor, refs: Collection[str], now: datetime
    ) -> list[Any]:
        """The rows of these that the person may read, as they were given; at most 100."""
        asked = list(dict.fromkeys(refs))[:MOST_SELECTED]
        values = {ME.key: actor.person_id, NOW.key: now, REFS.key: padded(asked, "")}
        rows = {row.ref: row for row in session.execute(self._question, values)}
        return [rows[ref] for ref in asked if ref in rows]

    def export(
        self,
        session: Session,
        actor: Actor,
        refs: Collection[str],
        now: datetime,
        *,
        made_as: str,
    ) -> tuple[Any, ...]:
        """Those of them that the person may export; that they were taken goes into the trail."""
        rows = tuple(row for row in self.rows(session, actor, refs, now) if row.may_export)
        if self._type.name in KEPT_BACK:
            with at_once(session):
                for row in rows:
                    audit(session, actor, EXPORT, self._type, row, now, format=made_as)
        else:
            taken = ((row.id, row.edition) for row in rows)
            export_of_many(session, actor, self._type, taken, now, made_as=made_as)
        return rows


def hold(session: Session, model: type[Resource], refs: Collection[str]) -> None:
    """Lock these resources, lowest key first."""
    held = select(model.id).where(model.ref.in_(refs)).order_by(model.id)
    session.execute(held.with_for_update(key_share=True)).all()


def remind_each(
    session: Session,
    rows: Iterable[Any],
    remind: Callable[[str], int],
    lock: Callable[[list[str]], None],
) -> tuple[int, int]:
    """Send the reminders of each row by its service, which refuses what the policy does not allow.

    Gives back how many reminders were sent, and of how many rows none was. What was refused is
    refused for itself, and the others are sent. `lock` locks all rows before the first is reminded:
    who has one in hand waits for the trail, and whoever has the trail is not to wait for them.
    """
    sent, left_out = 0, 0
    refs = [row.ref for row in sorted(rows, key=attrgetter("id"))]
    lock(refs)
    for ref in refs:
        try:
            with session.begin_nested():
                sent += remind(ref)
        except (Invalid, Refused, TooLate):
            left_out += 1
    return sent, left_out
