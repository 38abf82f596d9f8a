"""What is typed into a form and not saved yet: kept for its writer alone, until it is saved.

It is no draft: no colleague sees it, it has no state, and it is deleted once it is saved, discarded
or a month old. Saving the same again changes nothing but its time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.autosaves import Autosave
from portal.writes import inserting

KEPT_FOR: Final = timedelta(days=30)
LARGEST: Final = 400_000  # characters of all fields together


def fits(fields: Mapping[str, list[str]]) -> bool:
    """Whether this much is kept."""
    return sum(len(value) for values in fields.values() for value in values) <= LARGEST


def keep(session: Session, person_id: int, form: str, row: Autosave) -> None:
    """Keep what was typed in place of what was kept of the same form before."""
    said = {"homes": row.homes, "fields": row.fields, "at": row.at}
    new = inserting(session, Autosave).values(person_id=person_id, form=form, **said)
    session.execute(new.on_conflict_do_update(index_elements=["person_id", "form"], set_=said))


def kept(session: Session, person_id: int, form: str, homes: Iterable[str]) -> Autosave | None:
    """What the person typed into this form; none where an organisation of then is no home now."""
    mine = select(Autosave).where(Autosave.person_id == person_id, Autosave.form == form)
    row = session.scalars(mine).one_or_none()
    return row if row is not None and set(row.homes) <= set(homes) else None


def forget(session: Session, person_id: int, form: str) -> None:
    """Delete what was typed: it is saved, or nobody wants it."""
    mine = (Autosave.person_id == person_id, Autosave.form == form)
    session.execute(delete(Autosave).where(*mine))


def forget_old(session: Session, now: datetime) -> None:
    """Delete what nobody came back to for a month."""
    session.execute(delete(Autosave).where(Autosave.at < now - KEPT_FOR))
