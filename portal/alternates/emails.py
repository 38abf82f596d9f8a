"""What an e-mail about an alternate may say: who, for whom, on which days; never for what."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.stakeholders import Person


def email_context(session: Session, person: Person, key: int, _now: datetime) -> dict[str, object]:
    """A process, whose cover name is for its seats alone, is named on the page."""
    row = session.get_one(Alternate, key)
    return {
        "ref": row.ref,
        "away": session.get_one(Person, row.for_id).name,
        "person": session.get_one(Person, row.person_id).name,
        "begins_at": row.begins_at,
        "until_at": row.ends_at,
        "until_zone": row.zone,
        "is_away": person.id == row.for_id,
        "acts": person.id == row.person_id,
    }
