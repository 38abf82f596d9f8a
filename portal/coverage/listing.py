"""The resources that are tied to a norm, as far as a person may read them."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from models.norms import NormTag
from models.notices import Notice
from models.processes import MediatorLink
from models.stakeholders import Organisation
from portal.access import Actor, beside_read, readable, sub_resource
from portal.coverage.tying import COLUMNS
from portal.db import alias
from portal.parameters import ME, NOTHING, NOW, at_most, ready
from portal.rules import NOTICES, READ_TEXT, RESOURCE_TYPES, ResourceType

BODY = alias(Organisation, "linking_body")
TAGGED = tuple(RESOURCE_TYPES[name] for name in COLUMNS)
SHOWN = 100
NORM: Final[BindParameter[str]] = bindparam("norm", type_=String())
# How far back list and matrix look, so that they stay quick for whoever may read little of it.
WALKED = 50_000


def tied(
    session: Session, actor: Actor, norm: str, now: datetime, *, organisation: str = ""
) -> list[Any]:
    """Resources linked to the norm that the person may read, newest link first; one query.

    `organisation` is the reference of whoever posted or promised; empty means any. At most 100
    rows: noun, ref, title and reason (both empty where the text is not theirs to read), tlp, state,
    organisation, at, body: the mediation body that linked it, empty where its own side did.
    """
    question = _tied(Organisation.ref == organisation) if organisation else TIED
    asked = {ME.key: actor.person_id, NOW.key: now, NORM.key: norm}
    return list(session.execute(question, asked))


def _tied(*narrowing: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    listed = (*(_listed(resource_type) for resource_type in TAGGED), _by_mediators())
    parts = (rows.where(*narrowing).limit(at_most(SHOWN)).subquery() for rows in listed)
    every = union_all(*(select(*part.c) for part in parts)).subquery()
    return select(every).order_by(every.c.at.desc(), every.c.id.desc()).limit(at_most(SHOWN))


def _by_mediators() -> Select[*tuple[Any, ...]]:
    text = beside_read(NOTICES, READ_TEXT, ME, NOW)
    columns = (
        literal(NOTICES.name).label("noun"),
        MediatorLink.id,
        MediatorLink.at,
        Notice.ref,
        Notice.tlp,
        Notice.state,
        Organisation.name.label("organisation"),
        case((text, Notice.title), else_=NOTHING).label("title"),
        case((text, MediatorLink.reason), else_=NOTHING).label("reason"),
        BODY.name.label("body"),
    )
    return (
        links_of_mediators(*columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .join(BODY, BODY.id == MediatorLink.body_id)
        .where(MediatorLink.norm == NORM)
    )


def links_of_mediators(*columns: Any) -> Select[*tuple[Any, ...]]:
    """The links of mediators to norms of which the person sees both ends, newest first."""
    return (
        readable(NOTICES, *columns)
        .join(MediatorLink, MediatorLink.notice_id == Notice.id)
        .where(MediatorLink.norm.is_not(None), sub_resource(MediatorLink, ME, NOW))
        .order_by(MediatorLink.id.desc())
    )


def _listed(resource_type: ResourceType[Any]) -> Select[*tuple[Any, ...]]:
    resource, text = resource_type.model, beside_read(resource_type, READ_TEXT, ME, NOW)
    said = and_(text, sub_resource(NormTag, ME, NOW))
    rows = ties(
        resource_type,
        literal(resource_type.name).label("noun"),
        NormTag.id,
        NormTag.at,
        resource.ref,
        resource.tlp,
        resource.state,
        Organisation.name.label("organisation"),
        case((text, resource.title), else_=NOTHING).label("title"),
        case((said, NormTag.reason), else_=NOTHING).label("reason"),
        NOTHING.label("body"),
    ).join(Organisation, Organisation.id == resource.organisation_id)
    return rows.where(NormTag.norm == NORM)


def ties(resource_type: ResourceType[Any], *columns: Any) -> Select[*tuple[Any, ...]]:
    """The ties of all resources of the noun that the person may read, newest first.

    The policy is asked of each tie before any are counted off: what is hidden moves no number.
    """
    newest = select(func.max(NormTag.id)).scalar_subquery()
    return (
        readable(resource_type, *columns)
        .join(NormTag, COLUMNS[resource_type.name] == resource_type.model.id)
        .where(NormTag.id > newest - WALKED)
        .order_by(NormTag.id.desc())
    )


TIED: Final = ready(_tied())
