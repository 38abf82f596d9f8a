"""The resources that are tied to a norm, as far as a person may read them."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.norms import NormTag
from models.notices import Notice
from models.processes import MediatorLink
from models.stakeholders import Organisation
from portal.access import Actor, predicate, sub_resource, visible
from portal.coverage.tying import COLUMNS
from portal.db import alias
from portal.rules import NOTICES, READ_TEXT, RESOURCE_TYPES, ResourceType

BODY = alias(Organisation, "linking_body")
TAGGED = tuple(RESOURCE_TYPES[name] for name in COLUMNS)
SHOWN = 100
# How far back list and matrix look, so that they stay quick for whoever may read little of it.
WALKED = 50_000


def tied(
    session: Session, actor: Actor, norm: str, now: datetime, *, organisation: str = ""
) -> list[Any]:
    """Resources linked to the norm that the person may read, newest link first; one query.

    `organisation` is the reference of whoever posted or promised; empty means any. At most 100
    rows: noun, ref, title and reason (both empty where the text is not hers to read), tlp, state,
    organisation, at, body: the mediation body that linked it, empty where its own side did.
    """
    parts = [
        _listed(resource_type, actor, norm, now, organisation).subquery()
        for resource_type in TAGGED
    ]
    parts.append(_by_mediators(actor, norm, now, organisation).subquery())
    every = union_all(*(select(*sub_resource.c) for sub_resource in parts)).subquery()
    newest = select(every).order_by(every.c.at.desc(), every.c.id.desc())
    return list(session.execute(newest.limit(SHOWN)))


def _by_mediators(actor: Actor, norm: str, now: datetime, organisation: str) -> Any:
    text = predicate(NOTICES, READ_TEXT, actor.person_id, now)
    columns = (
        literal(NOTICES.name).label("noun"),
        MediatorLink.id,
        MediatorLink.at,
        Notice.ref,
        Notice.tlp,
        Notice.state,
        Organisation.name.label("organisation"),
        case((text, Notice.title), else_="").label("title"),
        case((text, MediatorLink.reason), else_="").label("reason"),
        BODY.name.label("body"),
    )
    rows = (
        links_of_mediators(actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .join(BODY, BODY.id == MediatorLink.body_id)
        .where(MediatorLink.norm == norm)
    )
    if organisation:
        rows = rows.where(Organisation.ref == organisation)
    return rows.limit(SHOWN)


def links_of_mediators(actor: Actor, now: datetime, *columns: Any) -> Any:
    """The links of mediators to norms of which the person sees both ends, newest first."""
    return (
        visible(NOTICES, actor, now, *columns)
        .join(MediatorLink, MediatorLink.notice_id == Notice.id)
        .where(MediatorLink.norm.is_not(None), sub_resource(MediatorLink, actor.person_id, now))
        .order_by(MediatorLink.id.desc())
    )


def _listed(
    resource_type: ResourceType[Any], actor: Actor, norm: str, now: datetime, organisation: str
) -> Any:
    resource, text = resource_type.model, predicate(resource_type, READ_TEXT, actor.person_id, now)
    said = and_(text, sub_resource(NormTag, actor.person_id, now))
    rows = ties(
        resource_type,
        actor,
        now,
        literal(resource_type.name).label("noun"),
        NormTag.id,
        NormTag.at,
        resource.ref,
        resource.tlp,
        resource.state,
        Organisation.name.label("organisation"),
        case((text, resource.title), else_="").label("title"),
        case((said, NormTag.reason), else_="").label("reason"),
        literal("").label("body"),
    ).join(Organisation, Organisation.id == resource.organisation_id)
    if organisation:
        rows = rows.where(Organisation.ref == organisation)
    return rows.where(NormTag.norm == norm).limit(SHOWN)


def ties(resource_type: ResourceType[Any], actor: Actor, now: datetime, *columns: Any) -> Any:
    """The ties of all resources of the noun that the person may read, newest first.

    The policy is asked of each tie before any are counted off: what is hidden moves no number.
    """
    newest = select(func.max(NormTag.id)).scalar_subquery()
    return (
        visible(resource_type, actor, now, *columns)
        .join(NormTag, COLUMNS[resource_type.name] == resource_type.model.id)
        .where(NormTag.id > newest - WALKED)
        .order_by(NormTag.id.desc())
    )
