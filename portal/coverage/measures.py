"""Confidence-building measures in use: what in the portal serves each, and how much of it there is.

Which service serves which measure is our own reading. Every number is counted by the policy of
whoever looks, from the same question that shows its rows, so that it is never more than they show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.access import READER, Actor, beside_read, readable
from portal.catalogue import NOUNS, Noun, Service, Without
from portal.coverage.matrix import Matrix, matrix
from portal.norms import FRAMEWORKS, Norm
from portal.parameters import NOTHING, NOW, at_most, ready
from portal.recipients import reader_of

SHOWN: Final = 100
SERVED: Final = tuple(
    (noun, one) for noun in NOUNS if not isinstance(noun.serves, Without) for one in noun.serves
)
SERVICES: Final = tuple(one for _noun, one in SERVED)
NOUN_OF: Final = {one.key: noun for noun, one in SERVED}
MEASURES: Final = {key: FRAMEWORKS[key] for key in ("un-oewg-global-cbm", "osce-cbm")}


@dataclass(frozen=True)
class InUse:
    """The measures of a framework with the count of each service for each; None: it serves none.

    `linked` has for each measure how many notices and commitments are linked to it.
    """

    measures: tuple[Norm, ...]
    counts: tuple[tuple[int | None, ...], ...]
    linked: Matrix


def measures_in_use(session: Session, actor: Actor, now: datetime, *, framework: str) -> InUse:
    """What serves the measures of a framework, and how much of it the person may see.

    A number over 100 is 101.
    """
    reader = reader_of(session, actor, now)
    found = {row.service: row.times for row in session.execute(COUNTS, reader.values)}
    linked = matrix(session, actor, now, framework=framework)
    counts = tuple(_counts_of(norm.key, found) for norm in linked.norms)
    return InUse(linked.norms, counts, linked)


def _counts_of(measure: str, found: Mapping[str, int]) -> tuple[int | None, ...]:
    return tuple(found[one.key] if measure in one.measures else None for one in SERVICES)


def rows_of_service(session: Session, actor: Actor, now: datetime, service: str) -> list[Any]:
    """The newest 100 rows behind the number of a service: key, ref, tlp, title and at."""
    reader = reader_of(session, actor, now)
    return list(session.execute(ROWS[service], reader.values))


def _rows(noun: Noun[Any], service: Service) -> Select[Any]:
    model = noun.policy.model
    title = beside_read(noun.policy, noun.title_verb, READER, NOW)
    said = NOTHING if isinstance(noun.title, Without) else case((title, noun.title), else_=NOTHING)
    proposed = () if isinstance(noun.search, Without) else (noun.search.proposal(model.id),)
    return (
        readable(
            noun.policy,
            model.id.label("key"),
            model.ref,
            (model.tlp if noun.marked else NOTHING).label("tlp"),
            said.label("title"),
            service.at.label("at"),
            who=READER,
        )
        .where(*proposed, *service.narrowed)
        .order_by(service.at.desc(), model.id.desc())
    )


def _counts() -> Any:
    # In no order: the count ends with the first hundred that are found.
    parts = [
        (one.key, _rows(noun, one).order_by(None).limit(at_most(SHOWN + 1)).subquery())
        for noun, one in SERVED
    ]
    return union_all(
        *(
            select(literal(key).label("service"), func.count(part.c.key).label("times"))
            for key, part in parts
        )
    )


COUNTS: Final = ready(_counts())
ROWS: Final = {one.key: ready(_rows(noun, one).limit(at_most(SHOWN))) for noun, one in SERVED}
