"""Links to norms for tests, made through the service; a story; and very many of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.norms import NormTag
from models.notices import Notice
from models.vocabulary import Tlp
from portal import coverage
from portal.db import reading, writing
from portal.norms import in_framework
from portal.rules import COMMITMENTS, NOTICES, ResourceType
from tests.cast import NOW, World
from tests.commitments import builders
from tests.factories import drafted, published

UN = "un-gge-2015"
KEYS = [norm.key for norm in in_framework(UN)]
F, SUPPLY, K = f"{UN}-f", f"{UN}-i", f"{UN}-k"
WHY = "Hospitals were hit."
# What the story comes to for each of them: by norm, and by whoever posted or promised.
FOUND: dict[str, dict[tuple[str, str], int]] = {
    "mediator@peace": {
        ("f", "Bank"): 1,
        ("f", "Telco"): 2,
        ("k", "Cloud"): 1,
        ("k", "Telco"): 1,
    },
    "coordinator@peace": {
        ("f", "Bank"): 1,
        ("f", "Telco"): 1,
        ("k", "Cloud"): 1,
        ("k", "Telco"): 1,
    },
    "liaison@telco": {
        ("f", "Bank"): 1,
        ("f", "Telco"): 2,
        ("i", "Telco"): 1,
        ("k", "Cloud"): 1,
        ("k", "Telco"): 1,
    },
    "liaison@bank": {("f", "Bank"): 1},
    "analyst@cert": {("f", "Bank"): 1, ("k", "Cloud"): 1},
    "steward@portal": {("f", "Bank"): 1},
}


def tie(
    world: World, by: str, kind: ResourceType[Any], ref: str, norm: str = F, reason: str = WHY
) -> None:
    """Tie through the service, in a transaction of its own."""
    with writing(world.sessions) as session:
        coverage.link_norm(session, world.actors[by], kind, ref, norm=norm, reason=reason, now=NOW)


def untie(world: World, by: str, kind: ResourceType[Any], ref: str, norm: str = F) -> None:
    """Take off through the service, in a transaction of its own."""
    with writing(world.sessions) as session:
        coverage.unlink_norm(session, world.actors[by], kind, ref, norm=norm, now=NOW)


def ties(world: World) -> list[tuple[Any, ...]]:
    """All ties that are kept: norm, reason, by whom, when."""
    with reading(world.sessions) as session:
        tag = NormTag
        rows = session.execute(select(tag.norm, tag.reason, tag.by_id, tag.at).order_by(tag.id))
        return [tuple(row) for row in rows]


def tie_to(
    session: Session,
    world: World,
    kind: ResourceType[Any],
    resource: Any,
    *norms: str,
    by: str = "liaison@telco",
) -> str:
    """Tie a resource to norms; gives back its reference."""
    for norm in norms:
        said = {"norm": norm, "reason": f"Why {resource.title}."}
        coverage.link_norm(session, world.actors[by], kind, resource.ref, **said, now=NOW)
    return str(resource.ref)


def story(session: Session, world: World) -> None:
    """Five resources of three organisations, each read by another circle."""
    strict = published(session, world, "peace", title="Strict")
    red = published(session, world, "mediator@peace", title="Red", tlp="RED")
    green = published(session, world, "peace", title="Green", tlp="GREEN", by="liaison@bank")
    draft = drafted(session, world, "peace", title="Draft")
    promise = builders.agreed(
        session, world, "peace", title="Promise", by="liaison@cloud", to="telco"
    )
    tie_to(session, world, NOTICES, strict, F, K)
    tie_to(session, world, NOTICES, red, F)
    tie_to(session, world, NOTICES, green, F, by="liaison@bank")
    tie_to(session, world, NOTICES, draft, SUPPLY)
    tie_to(session, world, COMMITMENTS, promise, K, by="analyst@cert")


def many(
    session: Session,
    world: World,
    number: int,
    tlp: Tlp,
    norms: Sequence[str],
    homes: Sequence[int] = (),
) -> None:
    """So many notices of nobody but their author, each tied to these norms, laid in as rows."""
    first = published(session, world, "mediator@peace", title="Copy", tlp=tlp)
    row = {column.key: getattr(first, column.key) for column in Notice.__mapper__.column_attrs}
    del row["id"]
    copies = [
        row | {"ref": f"N-{first.id}-{n:06}", "title": f"Copy {n}"} for n in range(1, number + 1)
    ]
    for copy, home in zip(copies, homes, strict=False):
        copy["organisation_id"] = home
    laid = insert(Notice).returning(Notice.id, sort_by_parameter_order=True)
    ids = session.scalars(laid, copies).all()
    tag = {"reason": "Why.", "by_id": world.actors["liaison@telco"].person_id, "at": NOW}
    rows = [{"notice_id": key, "norm": norm, **tag} for key in ids for norm in norms]
    session.execute(insert(NormTag), rows)
