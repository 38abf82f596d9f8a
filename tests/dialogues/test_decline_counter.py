"""Declining another time that was proposed by the reply of a calendar."""

from collections.abc import Callable

from sqlalchemy import select

from models.replies import CalendarReply
from portal.db import reading
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    DAY,
    TELCO,
    dialogue_of,
    event,
    invited,
    method,
    posted,
    take,
)
from tests.dialogues.test_receive_reply import about, counter
from tests.pages import Visitor


def test_another_time_is_declined_and_who_proposed_it_hears_so(
    world: World, come: Callable[..., Visitor]
) -> None:
    ref = invited(world)
    posted(world, ref)
    take(world, counter(world, ref))
    take(world, counter(world, ref, 2)), "the later one takes the place of the first"
    coordinator = come(ORGANISER, NOW + DAY)
    page = coordinator.get(f"/dialogues/{ref}")
    assert page.words.count("proposes another time") == 1
    with reading(world.sessions) as session:
        key = session.scalars(select(CalendarReply.id).order_by(CalendarReply.id.desc())).first()
    sent = page.form(f"/dialogues/{ref}/decline-counter") | {"proposal": [str(key)]}
    bare = {"proposal": [str(key)]}
    assert come(TELCO, NOW + DAY).post(f"/dialogues/{ref}/decline-counter", bare).status == 403
    page = coordinator.follow(coordinator.post(f"/dialogues/{ref}/decline-counter", sent))
    assert "proposes another time" not in page.words
    assert coordinator.post(f"/dialogues/{ref}/decline-counter", sent).status == 409
    (email,) = about(world, ref, TELCO, NOW + 2 * DAY)
    assert method(email) == "DECLINECOUNTER"
    assert event(email)["SEQUENCE"] == 0
    assert dialogue_of(world, ref).sequence == 0
