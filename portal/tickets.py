"""An organisation's own reference (a ticket number) on records that its people may read.

Only members of the organisation are shown it, and only beside a record that they are shown: the
record's own question asks for it. The trail has the act under the organisation, not under the
record, so that the record's author does not learn of it, and without the number.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.names import Unfit, folded, spelled
from models.stakeholders import Membership, Organisation
from models.tickets import Ticket
from portal.access import Actor, Key, When, authorize, predicate
from portal.errors import Invalid, NotFound
from portal.ledger import transition
from portal.parameters import ME, NOTHING, NOW, at_most, ready
from portal.rules import FOLLOW, ORGANISATIONS, READ, RESOURCE_TYPES, SET_TICKET
from portal.words import N_
from portal.writes import inserting

LONGEST: Final = 60
# Of what a number can be kept: whatever can be followed.
TICKETED: Final = {noun.prefix: noun for noun in RESOURCE_TYPES.values() if FOLLOW in noun.verbs}


def own_ticket(ref: Any, who: Key, now: When = NOW) -> Any:
    """The number that an organisation of the person keeps of a reference, "" where none does."""
    asked = (
        select(Ticket.number)
        .where(_own(ref, who, now))
        .order_by(Ticket.organisation_id)
        .limit(at_most(1))
    )
    kept = asked.correlate_except(Ticket, Organisation).scalar_subquery()
    return func.coalesce(kept, NOTHING).label("ticket")


def home_of_ticket(ref: Any, who: Key) -> Any:
    """The reference of the organisation for which the person keeps it: the first where none is."""
    kept = select(Ticket.ref).where(Ticket.ref == ref, Ticket.organisation_id == Organisation.id)
    mine = select(Membership.organisation_id).where(Membership.person_id == who)
    first = (
        select(Organisation.ref)
        .where(
            Organisation.id.in_(mine.correlate_except(Membership)),
            predicate(ORGANISATIONS, SET_TICKET, who, NOW),
        )
        .order_by(kept.correlate(Organisation).exists().desc(), Organisation.id)
        .limit(at_most(1))
    )
    return first.correlate_except(Organisation).scalar_subquery()


def refs_of(number: Any) -> Any:
    """The references of which an organisation of the person (ME) keeps this number, as it is."""
    mine = predicate(ORGANISATIONS, SET_TICKET, ME, NOW)
    asked = select(Ticket.ref).join(Organisation, Organisation.id == Ticket.organisation_id)
    return asked.where(Ticket.folded == number, mine).correlate(None)


def number_looked_for(asked: str) -> str:
    """What somebody typed as numbers are kept to be found; "" where no number is like it."""
    try:
        return folded(asked)
    except Unfit:
        return ""


def set_ticket(
    session: Session, actor: Actor, ref: str, *, of: str, number: str, now: datetime
) -> None:
    """Keep a number for a record (`of`) in the name of an organisation (`ref`); "" removes it.

    Raises NotFound where the person does not read the record, and Invalid for `number`.
    """
    noun = TICKETED.get(of[:1])
    if noun is None:
        raise NotFound(of)
    about = authorize(session, actor, READ, noun, of, now)
    number, key = _spelled(number)
    act = (session, actor, SET_TICKET, ORGANISATIONS, ref, now)
    with transition(*act, noun=noun.name, of=about.id, kept=bool(number)) as home:
        mine = (Ticket.organisation_id == home.id, Ticket.ref == of)
        if not number:
            session.execute(delete(Ticket).where(*mine))
            return
        said = {"number": number, "folded": key, "by_id": actor.person_id, "at": now}
        new = inserting(session, Ticket).values(organisation_id=home.id, ref=of, **said)
        again = new.on_conflict_do_update(index_elements=["organisation_id", "ref"], set_=said)
        session.execute(again)


def ticket_of(session: Session, actor: Actor, ref: str, of: str, now: datetime) -> str:
    """The number that the organisation keeps of a record; raises NotFound for what is hidden."""
    noun = TICKETED.get(of[:1])
    if noun is None:
        raise NotFound(of)
    authorize(session, actor, READ, noun, of, now)
    home = authorize(session, actor, SET_TICKET, ORGANISATIONS, ref, now)
    kept = select(Ticket.number).where(Ticket.organisation_id == home.id, Ticket.ref == of)
    return session.scalar(kept) or ""


def homes_of_tickets(session: Session, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """The organisations for which the person may keep numbers: reference and name."""
    rows = session.execute(HOMES, {ME.key: actor.person_id, NOW.key: now})
    return [(row.ref, row.name) for row in rows]


def _spelled(number: str) -> tuple[str, str]:
    # How it is kept, and how it is looked for.
    if not number.strip():
        return "", ""
    try:
        said, key = spelled(number), folded(number)
    except Unfit:
        raise Invalid({"number": N_("Use characters that can be seen.")}) from None
    if len(said) > LONGEST:
        raise Invalid({"number": N_("This is too long.")})
    return said, key


def _own(ref: Any, who: Key, now: When) -> Any:
    mine = predicate(ORGANISATIONS, SET_TICKET, who, now)
    home = select(Organisation.id).where(Organisation.id == Ticket.organisation_id, mine)
    return (Ticket.ref == ref) & home.correlate_except(Organisation).exists()


HOMES: Final = ready(
    select(Organisation.ref, Organisation.name)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(Membership.person_id == ME, predicate(ORGANISATIONS, SET_TICKET, ME, NOW))
    .distinct()
    .order_by(Organisation.name)
)
