"""A claim goes no wider than the notice that it rests on, unless its author agrees."""

import pytest

from models.vocabulary import Tlp
from portal import claims
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import NOW, World
from tests.claims.builders import CLOUD, LATER, MEDIATOR, TELCO, drafted, published
from tests.claims.builders import text as claimed
from tests.factories import published as notice_of
from tests.factories import to


def test_wider_than_its_notice_it_waits_for_the_author_of_the_notice(world: World) -> None:
    telco, mediator = world.actors[TELCO], world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace")
        claim = drafted(session, world, "cloud", by=MEDIATOR, notice_id=notice.id, tlp=Tlp.GREEN)
        with pytest.raises(Refused):
            claims.publish(session, mediator, claim.ref, NOW)
        by_on = LATER.date()
        claims.ask_reply(session, mediator, claim.ref, by_on=by_on, now=NOW)
        with pytest.raises(NotFound):
            claims.read(session, world.actors[CLOUD], claim.ref, NOW)
        with pytest.raises(Refused):
            claims.publish(session, mediator, claim.ref, LATER)  # silence is no consent
        claims.consent(session, telco, claim.ref, version=claim.version, now=NOW)
        claims.publish(session, mediator, claim.ref, NOW)
        assert claims.read(session, world.actors[CLOUD], claim.ref, NOW).text


def test_as_strict_as_its_notice_or_on_ones_own_it_needs_none(world: World) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace")
        published(session, world, "cloud", by=MEDIATOR, notice_id=notice.id)
        published(session, world, "cloud", notice_id=notice.id, tlp=Tlp.CLEAR)


def test_consent_is_for_the_text_that_was_read(world: World) -> None:
    telco, mediator = world.actors[TELCO], world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace")
        said = {"notice_id": notice.id, "tlp": Tlp.GREEN}
        claim = drafted(session, world, "cloud", by=MEDIATOR, **said)
        claims.ask_reply(session, mediator, claim.ref, by_on=LATER.date(), now=NOW)
        claims.consent(session, telco, claim.ref, version=claim.version, now=NOW)
        claims.publish(session, mediator, claim.ref, NOW)
        with pytest.raises(Invalid) as refused:
            claims.correct(
                session,
                mediator,
                claim.ref,
                text=claimed(title="More than you read", **said),
                to=to(world, "cloud"),
                why="More of it.",
                version=claim.version,
                now=NOW,
            )
    assert set(refused.value.problems) == {"tlp"}
