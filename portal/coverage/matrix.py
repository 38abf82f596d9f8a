"""The coverage matrix: how many resources are tied to each norm of a framework, by organisation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Select,
    String,
    bindparam,
    func,
    literal,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from models.norms import NormTag
from models.processes import MediatorLink
from models.stakeholders import Organisation
from portal.access import Actor
from portal.coverage.listing import TAGGED, links_of_mediators, ties
from portal.norms import Norm, in_framework
from portal.parameters import ME, NOW, at_most, ready
from portal.rules import NOTICES, ResourceType

COUNTED = 2000
COLUMNS = 40
KEYS: Final[BindParameter[str]] = bindparam("norms", type_=String(), expanding=True)


@dataclass(frozen=True)
class Matrix:
    """How many resources that one person may read are linked to each norm, by organisation.

    The links of mediators count beside those of a resource's own side, each resource once for a
    norm.

    `organisations` are pairs of reference and name: whoever posted or promised. `counts` has a row
    for each norm with a number for each of them; `totals` has a number for each norm, with the
    `more` organisations that are left out. `capped` says that only the newest ties are counted.
    """

    norms: tuple[Norm, ...]
    organisations: tuple[tuple[str, str], ...]
    counts: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]
    capped: bool
    more: int


def matrix(session: Session, actor: Actor, now: datetime, *, framework: str) -> Matrix:
    """The matrix of a framework in one query: of each noun the newest 2,000 ties are counted.

    Of more than 40 organisations those with the most ties are shown.
    """
    norms = in_framework(framework)
    keys = [norm.key for norm in norms]
    asked = {ME.key: actor.person_id, NOW.key: now, KEYS.key: keys}
    rows = session.execute(COUNTS, asked).all()
    cells = _sums(rows, "norm", "ref")
    homes, of_norm = _sums(rows, "ref", "name"), _sums(rows, "norm")
    most = dict(homes.most_common(COLUMNS))
    shown = tuple((ref, name) for ref, name in homes if (ref, name) in most)
    return Matrix(
        norms,
        shown,
        tuple(tuple(cells[key, ref] for ref, _name in shown) for key in keys),
        tuple(of_norm[key,] for key in keys),
        capped=max(_sums(rows, "noun").values(), default=0) >= COUNTED,
        more=len(homes) - len(shown),
    )


def _counts() -> Select[*tuple[Any, ...]]:
    every = union_all(*(_counted(resource_type) for resource_type in TAGGED)).subquery()
    return (
        select(every, Organisation.ref, Organisation.name)
        .join(Organisation, Organisation.id == every.c.organisation_id)
        .order_by(Organisation.name, Organisation.id)
    )


def _counted(resource_type: ResourceType[Any]) -> Select[*tuple[Any, ...]]:
    # A resource counts once for a norm, whoever linked the two.
    columns = (resource_type.model.organisation_id, resource_type.model.id.label("resource_id"))
    parts = [ties(resource_type, NormTag.norm, *columns).where(NormTag.norm.in_(KEYS))]
    if resource_type is NOTICES:
        links = links_of_mediators(MediatorLink.norm, *columns)
        parts.append(links.where(MediatorLink.norm.in_(KEYS)))
    limited = (part.limit(at_most(COUNTED)).subquery() for part in parts)
    seen = union(*(select(*part.c) for part in limited)).subquery()
    return select(
        literal(resource_type.name).label("noun"),
        seen.c.norm,
        seen.c.organisation_id,
        func.count().label("times"),
    ).group_by(seen.c.norm, seen.c.organisation_id)


def _sums(rows: Sequence[Any], *names: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        found[tuple(getattr(row, name) for name in names)] += row.times
    return found


COUNTS: Final = ready(_counts())
