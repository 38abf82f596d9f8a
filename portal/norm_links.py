"""The norms that a resource is linked to, each with its reason, as related rows of its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select

from models.norms import NormTag
from models.stakeholders import Person
from portal.access import sub_resource
from portal.parameters import ME, NOTHING, NOW
from portal.related import Related, related


@dataclass(frozen=True)
class NormLinkRow:
    """A link to a norm and who made it; the reason is empty where it was given to others."""

    id: int
    norm: str
    at: datetime
    reason: str
    person: str


def norm_links(linked: Any) -> Related[NormLinkRow]:
    """The links of one resource; `linked` says which, as SQL over the links."""
    seen = sub_resource(NormTag, ME, NOW)
    question = (
        select(
            NormTag.id,
            NormTag.norm,
            NormTag.at,
            case((seen, NormTag.reason), else_=NOTHING).label("reason"),
            Person.name.label("person"),
        )
        .join(Person, Person.id == NormTag.by_id)
        .where(linked)
    )
    return related(NormLinkRow, question)
