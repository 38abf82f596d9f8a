"""The personal calendar feed: an address with a secret key, which shows what its owner comes to.

A calendar program cannot sign in, so whoever holds the address sees the feed: the key is random,
kept as its SHA-256 alone, shown once, and good for one person until they take it back.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.dialogues import Answer, Attendee, Dialogue, DialogueState
from models.feeds import FeedKey
from models.stakeholders import Person
from portal.access import Actor, as_column, predicate
from portal.calendars import Meeting
from portal.db import in_state
from portal.email_contexts import meeting_of
from portal.email_keys import hash_key, new_key
from portal.errors import NotFound, TooLate
from portal.ledger import transition
from portal.rules import DIALOGUES, OPEN_BY_MAIL, PEOPLE, READ_TEXT
from portal.rules.verbs import ANSWER, MAKE_FEED, REVOKE_FEED


def make_feed(session: Session, actor: Actor, now: datetime) -> str:
    """Make the key of one's own feed, which is shown this once; one made before is good no more."""
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, MAKE_FEED, PEOPLE, person.ref, now):
        _revoke(session, actor, now)
        key = new_key()
        session.add(FeedKey(person_id=person.id, key_hash=hash_key(key), made_at=now))
        try:
            session.flush()
        except IntegrityError as twice:
            raise TooLate(MAKE_FEED) from twice
    return key


def revoke_feed(session: Session, actor: Actor, now: datetime) -> None:
    """Shut one's own feed: its address is not found any more."""
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, REVOKE_FEED, PEOPLE, person.ref, now):
        _revoke(session, actor, now)


def _revoke(session: Session, actor: Actor, now: datetime) -> None:
    session.execute(
        update(FeedKey)
        .where(FeedKey.person_id == actor.person_id, FeedKey.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def feed_made_at(session: Session, actor: Actor) -> datetime | None:
    """When the key of one's own feed was made; None where none is good."""
    mine = select(FeedKey.made_at).where(
        FeedKey.person_id == actor.person_id, FeedKey.revoked_at.is_(None)
    )
    return session.scalar(mine)


def owner_of(session: Session, key: str, now: datetime) -> int:
    """Whose feed has this key. Raises NotFound for one of nobody, a revoked or a suspended one."""
    owner = session.scalar(
        select(Person.id)
        .join(FeedKey, FeedKey.person_id == Person.id)
        .where(
            FeedKey.key_hash == hash_key(key),
            FeedKey.revoked_at.is_(None),
            predicate(PEOPLE, MAKE_FEED, Person.id, now),
        )
    )
    if owner is None:
        raise NotFound("feed")
    return owner


def meetings_of(session: Session, owner: int, base_url: str, now: datetime) -> list[Meeting]:
    """The dialogues that somebody comes to."""
    rows = session.execute(
        select(Dialogue, as_column(predicate(DIALOGUES, READ_TEXT, owner, now)))
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.CONVENED),
            Attendee.person_id == owner,
            Attendee.answer != Answer.DECLINED,
            predicate(DIALOGUES, ANSWER, owner, now),
        )
    )
    return [
        meeting_of(dialogue, base_url, shown=reads and dialogue.tlp in OPEN_BY_MAIL)
        for dialogue, reads in rows
    ]
