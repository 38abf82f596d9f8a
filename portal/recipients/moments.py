"""The audience of a moment: kept as rows, so that what was written for it stays with it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import ADDRESSED, AudienceVersion, Recipient
from models.vocabulary import Tlp
from portal.recipients.lists import lines_of
from portal.relations import recipient_column

# What the policy asks about a resource beside its recipient list.
ASKED_ABOUT = (
    *("tlp", "organisation_id", "author_id"),
    *("addressee_id", "verifier_id", "dialogue_id"),
)
Line = tuple[Any, ...]


def audience_of(session: Session, resource: Any) -> int:
    """The key of the audience that a resource has now, by its marking and its recipient list."""
    return _version(session, resource, {}, {_line(row) for row in lines_of(session, resource)})


def audience_of_people(session: Session, resource: Any, people: Iterable[int]) -> int:
    """The same of a resource that goes to these people alone, whatever its marking."""
    lines = {(*(None for _ in ADDRESSED[:-1]), key, False, None) for key in people}
    return _version(session, resource, {"tlp": Tlp.RED}, lines)


def _version(session: Session, resource: Any, said: dict[str, Any], lines: set[Line]) -> int:
    # An earlier version that says the same, else a new one.
    notified = {name: getattr(resource, name, None) for name in ASKED_ABOUT} | said
    column = recipient_column(resource)
    alike = select(AudienceVersion).where(
        getattr(AudienceVersion, column) == resource.id,
        *(getattr(AudienceVersion, name) == value for name, value in notified.items()),
    )
    for known in session.scalars(alike.order_by(AudienceVersion.id.desc())):
        if {_line(row) for row in lines_of(session, known)} == lines:
            return known.id
    version = AudienceVersion(**notified, **{column: resource.id})
    session.add(version)
    session.flush()
    session.add_all(
        Recipient(
            audience_id=version.id,
            excepted=line[-2],
            excepted_since=line[-1],
            **dict(zip(ADDRESSED, line, strict=False)),
        )
        for line in sorted(lines, key=str)
    )
    session.flush()
    return version.id


def _line(row: Recipient) -> Line:
    return (*(getattr(row, name) for name in ADDRESSED), row.excepted, row.excepted_since)
