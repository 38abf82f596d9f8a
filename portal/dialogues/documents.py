"""Papers to read before a dialogue: an address, for an item or for the whole."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.agenda import Document, Sight
from portal.access import Actor
from portal.dialogues.shared_items import (
    Shared,
    check_shared,
    item_key,
    organises,
    seen_sub_resource,
)
from portal.dialogues.text import is_address
from portal.errors import Refused, refuse
from portal.ledger import transition
from portal.rules import DIALOGUES
from portal.rules.verbs import ADD_DOCUMENT
from portal.words import N_

DOCUMENT_AMONG: Final = tuple(Sight)
MOST: Final = 100


def add_document(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    title: str,
    link: str,
    item: int = 0,
    shared: Shared,
    now: datetime,
) -> Document:
    """Add something to read; nothing is fetched, it stays an address. Raises Invalid."""
    with transition(session, actor, ADD_DOCUMENT, DIALOGUES, ref, now) as dialogue:
        own = select(func.count()).where(
            Document.dialogue_id == dialogue.id, Document.by_id == actor.person_id
        )
        found: dict[str, str] = {}
        if not title.strip() or len(title) > 200:
            found["title"] = N_("Give it a title of at most 200 characters.")
        elif (session.scalar(own) or 0) >= MOST:
            found["title"] = N_("You have added a hundred documents: remove one first.")
        if len(link) > 2000 or not is_address(link):
            found["link"] = N_("Give a full address that begins with https://.")
        refuse(found)
        check_shared(session, actor, dialogue, shared, DOCUMENT_AMONG, now)
        document = Document(
            dialogue_id=dialogue.id,
            item_id=item_key(session, actor, dialogue, item, now),
            title=title.strip(),
            link=link.strip(),
            sight=shared.sight,
            side_id=shared.side_id,
            by_id=actor.person_id,
            added_at=now,
        )
        session.add(document)
        session.flush()
    return document


def remove_document(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> None:
    """Take a paper away: its adder or an organiser. NotFound where it is not in sight."""
    with transition(session, actor, ADD_DOCUMENT, DIALOGUES, ref, now, removed=number) as dialogue:
        document = seen_sub_resource(session, actor, Document, dialogue, number, now)
        if document.by_id != actor.person_id and not organises(session, actor, dialogue, now):
            raise Refused(ADD_DOCUMENT)
        session.delete(document)
