"""Resources by a part of their reference: its end, as people read it out to one another."""

import re
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, select, union
from sqlalchemy.orm import Session

from portal.access import Actor
from portal.db import written
from portal.parameters import Arms
from portal.parsing import is_reference, reference
from portal.recipients import Reader, reader_of
from portal.search.shown import FEW, SEARCHED, question_of, readable_of

# A part of one: its end of four to six characters, with or without what stands before it.
PART: Final = re.compile(r"^(?:([A-Z])-)?(?:(\d{2})-)?([0-9A-Z]{4,6})$")
MISREAD: Final = str.maketrans("OIL", "011")
YEARS: Final = 6  # this year and those before it, where a part does not say its year
LOW: Final = tuple(bindparam(f"low_{n}", type_=String()) for n in range(YEARS))
HIGH: Final = tuple(bindparam(f"high_{n}", type_=String()) for n in range(YEARS))


def reference_of(
    session: Session, actor: Actor, noun: str, typed: str | None, now: datetime
) -> str:
    """The reference of which somebody typed all or a part, where the part fits one alone.

    It is looked for among what the person may find of the noun; else it is what they typed.
    """
    ref = reference(typed)
    if is_reference(ref):
        return ref
    reader = reader_of(session, actor, now)
    rows = parted(session, reader, ref, {noun})
    return str(rows[0].ref) if len(rows) == 1 else ref


def parted(session: Session, reader: Reader, asked: str, names: set[str]) -> list[Any]:
    """What has a reference with this part, by the index of references: at most 8 of a noun."""
    part = PART.match(asked.upper())
    if part is None:
        return []
    letter, year, rest = part.groups()
    rest = rest.translate(MISREAD)
    named = {name for name in names if not letter or SEARCHED[name][0].policy.prefix == letter}
    question = PARTED.of(named)
    if question is None:
        return []
    values = dict(reader.values)
    for n, (low, high) in enumerate(zip(LOW, HIGH, strict=True)):
        of = year or f"{(reader.now.year - n) % 100:02d}"
        values |= {low.key: f"{of}-{rest:0<6}", high.key: f"{of}-{rest:Z<6}"}
    return list(session.execute(question, values))


def _arms_of_parts() -> dict[str, Any]:
    found = {}
    for name, (noun, search) in SEARCHED.items():
        model: Any = noun.policy.model
        before = f"{noun.policy.prefix}-"
        pairs = zip(LOW, HIGH, strict=True)
        fits = union(*(_between(model, before, low, high) for low, high in pairs))
        question = question_of(noun, search).where(model.id.in_(fits), readable_of(noun, search))
        found[name] = question.order_by(model.ref).limit(FEW).subquery()
    return found


def _between(model: Any, before: str, low: Any, high: Any) -> Select[int]:
    # One span of the index of references; said together as "or", they are looked for one by one.
    ref = model.ref
    return select(model.id).where(ref.between(written(before) + low, written(before) + high))


PARTED: Final = Arms(_arms_of_parts())
