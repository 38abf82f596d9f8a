"""The reply stands beside the claim: on its page, side by side, and in exports."""

from collections.abc import Callable

import pytest

from portal import claims
from portal.db import writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.claims.builders import TELCO, asked, replied
from tests.factories import published as notice_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
WORDS = "We had no part in it."


def test_it_stands_beside_the_claim_everywhere(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "cloud")
        claim = asked(session, world, notice_id=notice.id)
        claims.publish(session, world.actors[TELCO], replied(session, world, claim).ref, NOW)
        ref, on = claim.ref, notice.ref
    mediator = visit("mediator@peace")
    for path in (
        f"/claims/{ref}",
        f"/claims/{ref}/export",
        f"/claims/side-by-side/{on}",
        f"/claims/side-by-side/{on}/csv",
    ):
        assert WORDS in mediator.get(path).text, path


def test_each_version_is_replied_to_once_by_whoever_speaks_for_them(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = asked(session, world).ref
    cloud = visit("liaison@cloud")
    page = cloud.get(f"/claims/{ref}/reply")
    cloud.post(f"/claims/{ref}/reply", {**page.form(), "text": WORDS})
    assert WORDS in cloud.get(f"/claims/{ref}").words
    assert cloud.get(f"/claims/{ref}/reply").status == 403
    assert visit("mediator@peace").get(f"/claims/{ref}/reply").status == 404


def test_a_text_that_changed_meanwhile_is_not_replied_to(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = asked(session, world).ref
    cloud, page = visit("liaison@cloud"), f"/claims/{ref}/reply"
    answer = cloud.post(page, {"text": WORDS, "version": "1"})
    assert answer.status == 409
    assert WORDS in answer.text
    assert "has changed since you opened it" in answer.words
    assert cloud.post(page, answer.form()).status == 302, "after another look it is taken"


def test_the_service_takes_no_reply_to_another_version(world: World) -> None:
    with writing(world.sessions) as session:
        ref = asked(session, world).ref
        with pytest.raises(Invalid) as refused:
            claims.reply(session, world.actors["liaison@cloud"], ref, text="x", version=1, now=NOW)
        assert "in the meantime" in refused.value.problems["text"]
