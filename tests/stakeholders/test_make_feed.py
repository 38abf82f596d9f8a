"""Making the address of one's calendar feed: the new one ends the one before."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.feeds import FeedKey
from portal.db import reading, writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.dialogues.invitation_builders import (
    TELCO,
)
from tests.dialogues.test_feed import made, shown


def test_a_new_address_ends_the_one_before(world: World) -> None:
    first = made(world)
    second = made(world)
    assert first != second
    assert shown(world, second) == {}
    with pytest.raises(NotFound):
        shown(world, first)
    third = FeedKey(person_id=world.actors[TELCO].person_id, key_hash="0" * 64, made_at=NOW)
    with pytest.raises(IntegrityError), writing(world.sessions) as session:
        session.add(third)


def test_what_is_kept_of_a_key_is_no_key(world: World) -> None:
    made(world)
    with reading(world.sessions) as session:
        kept = session.scalars(select(FeedKey.key_hash)).one()
    with pytest.raises(NotFound):
        shown(world, kept)
