"""Rights are asked in every request: what is taken away between two of them is gone with the next.

The same person, the same sign-in, the same process: whatever a page keeps from one request to the
next (statements, words, templates), it is nothing that depends on a right.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.stakeholders import Membership, Organisation, Person, Standing
from portal.clock import now
from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor

READER = "mediator@peace"
Visit = Callable[[str], Visitor]
TakenAway = Callable[[Session, World], None]


def leaves(session: Session, world: World) -> None:
    """The reader's membership ends."""
    who = world.actors[READER].person_id
    ended = now() - timedelta(seconds=1)
    session.execute(update(Membership).where(Membership.person_id == who).values(ends_at=ended))


def is_suspended(session: Session, world: World) -> None:
    """The reader's organisation is suspended."""
    key = world.organisations["peace"].id
    session.execute(
        update(Organisation).where(Organisation.id == key).values(state=Standing.SUSPENDED)
    )


def is_excepted(session: Session, world: World) -> None:
    """The reader is taken out of all recipient lists."""
    who = world.actors[READER].person_id
    listed = select(Recipient.notice_id).where(Recipient.notice_id.is_not(None)).distinct()
    for notice_id in session.scalars(listed).all():
        line = Recipient(notice_id=notice_id, person_id=who, excepted=True, excepted_since=now())
        session.add(line)


@pytest.mark.parametrize("taken_away", [leaves, is_suspended, is_excepted])
def test_a_right_that_is_taken_away_is_gone_with_the_next_request(
    world: World, visit: Visit, taken_away: TakenAway
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="Wiper zephyrine", kind="malicious-code").ref
    reader = visit(READER)
    pages = ("/", "/notices/", "/notices/?kind=malicious-code", "/search?q=zephyrine")
    for page in pages * 2:
        assert "Wiper zephyrine" in reader.get(page).words, page
    assert reader.get(f"/notices/{ref}").status == 200
    with writing(world.sessions) as session:
        taken_away(session, world)
    assert reader.get(f"/notices/{ref}").status == 404
    for page in pages:
        assert "zephyrine" not in reader.get(page).words.replace('"zephyrine"', ""), page


def test_a_person_who_is_suspended_is_a_stranger_with_the_next_request(
    world: World, visit: Visit
) -> None:
    reader = visit(READER)
    assert reader.get("/notices/").status == 200
    with writing(world.sessions) as session:
        who = world.actors[READER].person_id
        session.execute(update(Person).where(Person.id == who).values(state=Standing.SUSPENDED))
    assert reader.get("/notices/").status == 302
