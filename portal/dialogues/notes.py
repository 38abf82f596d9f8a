"""Notes of one side, of a caucus, or of the organisers; they are added or taken away, not changed.

The trail says that a note was written, never for which item: its readers are not those of the note.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.agenda import SideNote, Sight
from portal.access import Actor
from portal.dialogues.shared_items import Shared, check_shared, item_key, seen_sub_resource
from portal.errors import Refused, refuse
from portal.ledger import transition
from portal.rules import DIALOGUES
from portal.rules.verbs import WRITE_NOTE
from portal.words import N_

NOTE_AMONG: Final = (Sight.SIDE, Sight.CAUCUS, Sight.ORGANISERS)


def write_note(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: str,
    item: int = 0,
    shared: Shared,
    now: datetime,
) -> SideNote:
    """Write a note for an own side, a caucus, or the organisers. Raises Invalid."""
    with transition(session, actor, WRITE_NOTE, DIALOGUES, ref, now) as dialogue:
        if not text.strip() or len(text) > 20_000:
            refuse({"text": N_("Write a text of at most 20,000 characters.")})
        check_shared(session, actor, dialogue, shared, NOTE_AMONG, now)
        note = SideNote(
            dialogue_id=dialogue.id,
            item_id=item_key(session, actor, dialogue, item, now),
            sight=shared.sight,
            side_id=shared.side_id,
            text=text.strip(),
            by_id=actor.person_id,
            at=now,
        )
        session.add(note)
        session.flush()
    return note


def remove_note(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> None:
    """Take an own note away. NotFound where it is not in sight, Refused where it is another's."""
    with transition(session, actor, WRITE_NOTE, DIALOGUES, ref, now, removed=number) as dialogue:
        note = seen_sub_resource(session, actor, SideNote, dialogue, number, now)
        if note.by_id != actor.person_id:
            raise Refused(WRITE_NOTE)
        session.delete(note)
