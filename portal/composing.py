"""From a row of the outbox to what its e-mail says: asked of the law and of the rows anew."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.ledger import OutboxLetter
from models.stakeholders import Person
from portal.access import may_be_told
from portal.catalogue import OF_NAME, REMINDS, Without
from portal.consent import may_be_sent
from portal.letters import Letter, Stationery
from portal.rules import INVITE, KINDS, OFFERS, READ


def composed(
    session: Session, paper: Stationery, row: OutboxLetter, now: datetime
) -> Letter | None:
    """What the e-mail of a row is made from; None where it may not go to the person any more."""
    kind = KINDS[row.kind]
    verb = REMINDS.get((row.letter, row.kind), READ)
    if not may_be_told(session, row.person_id, kind, row.matter_id, row.letter, verb, now):
        return None
    invites = (kind, row.letter) == (OFFERS, INVITE)
    if invites and not may_be_sent(session, row.matter_id, row.secret, now):
        return None
    person = session.get_one(Person, row.person_id)
    about: dict[str, object] = {"secret": row.secret}
    noun = OF_NAME[row.kind]
    if not isinstance(noun.email_context, Without):
        about |= noun.email_context(session, person, row.matter_id, now)
    entry = None
    if not isinstance(noun.calendar_entry, Without) and paper.reply_to is not None:
        entry = noun.calendar_entry(session, person, row, paper.base_url, paper.reply_to, now)
    return Letter(
        key=row.id,
        template=f"{kind.name}/{row.letter}",
        to_name=str(about.get("typed_name") or person.name),
        to_address=person.email,
        zone=person.zone,
        due_at=row.due_at,
        about=about,
        calendar=entry,
    )
