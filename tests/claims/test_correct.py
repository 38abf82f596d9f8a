"""A correction is a version; whom it names stays; reasons for earlier readers stay with them."""

from collections.abc import Callable

import pytest

from models.vocabulary import Tlp
from portal import claims
from portal.db import writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.claims.builders import TELCO, asked, published, replied, text
from tests.factories import to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_wider_audience_does_not_read_earlier_reasons(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        claim = published(session, world, "peace")
        for why, tlp in (("For the first.", Tlp.AMBER_STRICT), ("For all.", Tlp.GREEN)):
            claims.correct(
                session, world.actors[TELCO], claim.ref, text=text(tlp=tlp), to=to(world, "peace"),
                why=why, version=claim.version, now=NOW,
            )  # fmt: skip
        ref = claim.ref
    bank, liaison = visit("liaison@bank").get(f"/claims/{ref}"), visit("liaison@telco")
    assert "For all." in bank.words
    assert "For the first." not in bank.words
    assert "For the first." in liaison.get(f"/claims/{ref}").words


def test_whom_it_names_stays_and_they_may_reply_to_the_new_version(world: World) -> None:
    actor = world.actors[TELCO]
    cloud, bank = (world.organisations[name].id for name in ("cloud", "bank"))
    with writing(world.sessions) as session:
        claim = replied(session, world, asked(session, world))
        claims.publish(session, actor, claim.ref, NOW)
        said = {"about": "", "about_sort": "body"}
        rest = {"to": to(world, "peace"), "why": "Clearer.", "now": NOW}
        new = text(about_id=bank, **said)
        with pytest.raises(Invalid) as refused:
            claims.correct(session, actor, claim.ref, text=new, version=claim.version, **rest)
        assert set(refused.value.problems) == {"about"}
    with writing(world.sessions) as session:
        new = text(about_id=cloud, **said)
        claim = claims.correct(session, actor, claim.ref, text=new, version=claim.version, **rest)
        replied(session, world, claim, "Nor in this.")
        reading = claims.read(session, world.actors["mediator@peace"], claim.ref, NOW)
        assert [row.edition for row in reading.related.replies] == [0, 2]


def test_a_correction_by_page_says_what_is_corrected(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    page = liaison.get(f"/claims/{ref}/correct")
    assert liaison.post(f"/claims/{ref}/correct", {**page.form(), "why": ""}).status == 422
    done = liaison.follow(
        liaison.post(f"/claims/{ref}/correct", {**page.form(), "why": "Clearer."})
    )
    assert "Clearer." in done.words
