"""Declined: nothing goes out, whoever signs learns of it, and another try can be made."""

from collections.abc import Callable

import pytest

from portal import releases
from portal.db import writing
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.releases.builders import CLOUD, MEDIATOR, TELCO, confirmed, joint, signed

Visit = Callable[[str], Visitor]
WHY = "The second sentence is not ours."


def test_whoever_signs_reads_the_reason_and_nobody_can_go_on(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = confirmed(session, world, joint(session, world)).ref
    cloud = visit(CLOUD)
    page = cloud.get(f"/releases/{ref}/decline")
    assert cloud.post(f"/releases/{ref}/decline", {**page.form(), "why": ""}).status == 422
    cloud.follow(cloud.post(f"/releases/{ref}/decline", {**page.form(), "why": WHY}))
    for who in (TELCO, MEDIATOR):
        assert WHY in visit(who).get(f"/releases/{ref}").words
    assert visit(MEDIATOR).post(f"/releases/{ref}/sign", {"digest": "0" * 64}).status == 409
    assert "Change the text after it was declined" in visit(TELCO).get("/").words


def test_even_after_signing_until_it_is_out(world: World) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, joint(session, world))
        signed(session, world, release, (CLOUD,))
        actor, said = world.actors[CLOUD], {"digest": release.digest, "now": NOW}
        with pytest.raises(Invalid):
            releases.decline(session, actor, release.ref, why=" ", **said)
        releases.decline(session, actor, release.ref, why=WHY, **said)
        with pytest.raises(TooLate):
            releases.decline(session, world.actors[MEDIATOR], release.ref, why=WHY, **said)
