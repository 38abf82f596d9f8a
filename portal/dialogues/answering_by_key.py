"""The poll is answered by the link of an e-mail: it says who answers, and the policy whether."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue, DialogueState
from models.ledger import OutboxEmail
from models.stakeholders import Person
from models.vocabulary import Tlp
from portal.access import Actor
from portal.db import in_state
from portal.email_keys import hash_key
from portal.errors import NotFound
from portal.on_behalf import acts_by, stand_in
from portal.rules import DIALOGUES, OPEN_BY_MAIL
from portal.rules.verbs import ANSWER_POLL

# A link works while responses are due, or for a week where its e-mail came later; never longer.
AT_LEAST: Final = timedelta(days=7)
AT_MOST: Final = timedelta(days=60)


def linked(session: Session, key: str, now: datetime) -> tuple[Actor, str]:
    """To whom the e-mail with this key was sent, and the reference of the dialogue.

    One to an alternate is answered for whoever is away. Raises NotFound where the key opens nothing
    (any more), the alternate does not act any more, or the dialogue is RED: that takes a sign-in.
    It gives no right: whoever is found is asked about like anybody who signed in.
    """
    due = and_(Dialogue.poll_until_at > now, OutboxEmail.created_at > now - AT_MOST)
    row = session.execute(
        select(
            Person.id,
            Person.name,
            Person.zone,
            Person.language,
            Dialogue.ref,
            Dialogue.id.label("key"),
            OutboxEmail.for_id,
        )
        .select_from(OutboxEmail)
        .join(Person, Person.id == OutboxEmail.person_id)
        .join(Dialogue, Dialogue.id == OutboxEmail.resource_id)
        .where(
            OutboxEmail.key_hash == hash_key(key),
            OutboxEmail.resource_type == DIALOGUES.name,
            in_state(Dialogue, DialogueState.POLLING),
            Dialogue.tlp != Tlp.RED,
            or_(due, OutboxEmail.created_at > now - AT_LEAST),
        )
    ).one_or_none()
    if row is None:
        raise NotFound(ANSWER_POLL)
    actor = Actor(row.id, row.name, row.zone, row.language)
    if row.for_id is None:
        return actor, row.ref
    by = acts_by(session, row.id, row.for_id, DIALOGUES, row.key, ANSWER_POLL, now)
    if by is None:
        raise NotFound(ANSWER_POLL)
    return stand_in(session, actor, by, now), row.ref


def shows_content(dialogue: Dialogue) -> bool:
    """Whether title, names and answers may be shown to whoever has a link and no sign-in."""
    return Tlp(dialogue.tlp) in OPEN_BY_MAIL
