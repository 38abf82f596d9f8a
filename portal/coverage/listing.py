"""The matters that are tied to a norm, as far as a person may read them."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.norms import NormTag
from models.stakeholders import Organisation
from portal.access import Actor, clause, visible
from portal.coverage.tying import MATTER
from portal.rules import COMMITMENTS, NOTICES, READ_TEXT, Kind

TAGGED = (NOTICES, COMMITMENTS)
SHOWN = 100
# How far back list and matrix look, so that they stay quick for whoever may read little of it.
WALKED = 50_000


def tied(
    session: Session, actor: Actor, norm: str, now: datetime, *, organisation: str = ""
) -> list[Any]:
    """Matters that the person may read and that are tied to the norm, newest tie first; one query.

    `organisation` is the reference of whoever posted or promised; empty means any. At most 100
    rows: noun, ref, title and reason (both empty where the text is not hers to read), tlp, state,
    organisation, at.
    """
    parts = (_listed(kind, actor, norm, now, organisation).subquery() for kind in TAGGED)
    every = union_all(*(select(*part.c) for part in parts)).subquery()
    return list(session.execute(select(every).order_by(every.c.id.desc()).limit(SHOWN)))


def _listed(kind: Kind, actor: Actor, norm: str, now: datetime, organisation: str) -> Any:
    matter, text = kind.model, clause(kind, READ_TEXT, actor.person_id, now)
    rows = ties(
        kind,
        actor,
        now,
        literal(kind.name).label("noun"),
        NormTag.id,
        NormTag.at,
        matter.ref,
        matter.tlp,
        matter.state,
        Organisation.name.label("organisation"),
        case((text, matter.title), else_="").label("title"),
        case((text, NormTag.reason), else_="").label("reason"),
    ).join(Organisation, Organisation.id == matter.organisation_id)
    if organisation:
        rows = rows.where(Organisation.ref == organisation)
    return rows.where(NormTag.norm == norm).limit(SHOWN)


def ties(kind: Kind, actor: Actor, now: datetime, *columns: Any) -> Any:
    """The ties of all matters of the noun that the person may read, newest first.

    The law is asked of each tie before any are counted off: what is hidden moves no number.
    """
    newest = select(func.max(NormTag.id)).scalar_subquery()
    return (
        visible(kind, actor, now, *columns)
        .join(NormTag, MATTER[kind.name] == kind.model.id)
        .where(NormTag.id > newest - WALKED)
        .order_by(NormTag.id.desc())
    )
