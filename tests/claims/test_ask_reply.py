"""Right of reply: whoever is named reads it first, and it is published no sooner."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.vocabulary import Tlp
from portal import claims
from portal.clock import now
from portal.db import writing
from portal.errors import Invalid, Refused
from tests.cast import NOW, World
from tests.claims.builders import LATER, TELCO, asked, drafted, replied
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_whoever_is_named_reads_it_before_its_readers(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace", about="cloud").ref
    liaison, cloud, mediator = (
        visit(who) for who in ("liaison@telco", "liaison@cloud", "mediator@peace")
    )
    assert liaison.post(f"/claims/{ref}/publish").status == 403, "not before they were asked"
    assert cloud.get(f"/claims/{ref}").status == 404
    by_on = (now() + timedelta(days=5)).date().isoformat()
    liaison.follow(liaison.post(f"/claims/{ref}/ask-reply", {"by_on": by_on}))
    assert "It names your organisation" in cloud.get(f"/claims/{ref}").words
    assert "Reply before it is published" in cloud.get("/").words
    assert mediator.get(f"/claims/{ref}").status == 404
    assert liaison.post(f"/claims/{ref}/publish").status == 403, "not before they replied"


def test_it_can_be_published_once_they_replied_or_the_period_is_over(world: World) -> None:
    actor = world.actors[TELCO]
    with writing(world.sessions) as session:
        one, other = asked(session, world), asked(session, world)
        with pytest.raises(Refused):
            claims.publish(session, actor, other.ref, NOW)
        claims.publish(session, actor, replied(session, world, one).ref, NOW)
        claims.publish(session, actor, other.ref, LATER)
        assert {one.state, other.state} == {"published"}


def test_a_reply_to_an_earlier_text_opens_nothing(world: World) -> None:
    actor = world.actors[TELCO]
    with writing(world.sessions) as session:
        claim = replied(session, world, asked(session, world))
        claims.take_back(session, actor, claim.ref, NOW)
        later = NOW + timedelta(hours=1)
        claims.ask_reply(session, actor, claim.ref, by_on=date(2026, 12, 20), now=later)
        with pytest.raises(Refused):
            claims.publish(session, actor, claim.ref, later)


def test_the_period_is_three_days_at_the_least(world: World) -> None:
    with writing(world.sessions) as session:
        claim = drafted(session, world, "peace", about="cloud")
        with pytest.raises(Invalid) as refused:
            claims.ask_reply(
                session, world.actors[TELCO], claim.ref, by_on=date(2026, 11, 25), now=NOW
            )
    assert set(refused.value.problems) == {"by_on"}


def test_nobody_is_named_under_red_nor_taken_out(world: World) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        drafted(session, world, about="cloud", tlp=Tlp.RED)
    assert "tlp" in refused.value.problems
