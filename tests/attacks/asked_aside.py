"""Somebody is asked by name for something of each noun, while a colleague acts for them."""

import re
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from models.ledger import OutboxEmail
from portal import contacts, dialogues
from portal.db import writing
from portal.reminders import remind
from tests.alternates.builders import (
    AWAY,
    DAY,
    STANDS_IN,
    in_force,
    no_speaker,
)
from tests.alternates.test_duties import late
from tests.alternates.test_minutes import sent_round
from tests.alternates.test_polls import asked as asked_by_poll
from tests.cast import NOW, World
from tests.contacts.builders import published as contact_point
from tests.dialogues.invitation_builders import invited

WHOM: Final = "Telco liaison"


@dataclass
class Asked:
    """What is asked of whoever is away: the alternate, references by noun, keys of e-mails."""

    by: str
    refs: dict[str, list[str]]
    keys: list[str]
    feed: str
    found: set[str] = field(default_factory=set)

    @property
    def marks(self) -> re.Pattern[str]:
        """What an answer has that lets somebody act for the other, or says that they do."""
        return re.compile(rf"for {WHOM}|for={self.by}|value=\"{self.by}\"")


def ask(world: World) -> Asked:
    """One of each: a notice, a poll, an invitation, minutes, a contact point in a check."""
    by = in_force(world, nights=True)
    away, stands_in = world.actors[AWAY], world.actors[STANDS_IN]
    invitation = invited(world, AWAY, STANDS_IN)
    with writing(world.sessions) as session:
        notice = late(session, world, AWAY, STANDS_IN)
        no_speaker(session, world)
        poll = asked_by_poll(session, world).ref
        minutes = sent_round(session, world).ref
        said = {"person_id": away.person_id, "round_the_clock": True}
        contact = contact_point(session, world, "peace", **said).ref
        contacts.check(session, away, contact, now=NOW)
        feed = dialogues.make_feed(session, stands_in, NOW)
    with writing(world.sessions) as session:
        remind(session, NOW + 5 * DAY)
        rows = session.scalars(
            select(OutboxEmail).where(OutboxEmail.for_id == away.person_id)
        ).all()
        keys = [row.secret for row in rows if row.secret]
    refs = {
        "notices": [notice],
        "dialogues": [poll, invitation],
        "records": [minutes],
        "contacts": [contact],
        "alternates": [by],
    }
    return Asked(by, refs, keys, feed)
