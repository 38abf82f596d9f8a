"""Citing harm of others: mediators alone, and never without a source."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published as notice_of
from tests.harm.builders import ref_in, typed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
SOURCE = {"who": "A carrier", "said_by": "A newspaper", "source_title": "Its page"}


def test_a_mediator_cites_with_a_source(world: World, visit: Visit) -> None:
    mediator, home = visit("mediator@peace"), world.organisations["peace"].ref
    bare = mediator.post("/harm/cite/new", typed(organisation=home))
    assert bare.status == 422
    for words in ("Name whom it happened to", "Name who said it", "Name the source"):
        assert words in bare.words
    page = mediator.follow(mediator.post("/harm/cite/new", typed(organisation=home) | SOURCE))
    assert "A carrier" in mediator.get(f"/harm/{ref_in(page)}").words


def test_a_liaison_states_only_their_own(visit: Visit) -> None:
    assert visit("liaison@telco").get("/harm/cite/new").status == 403


def test_it_goes_no_wider_than_the_notice_of_others_unasked(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = notice_of(session, world, "peace").ref
    home = world.organisations["peace"].ref
    said = typed(organisation=home, notice=ref, tlp="GREEN") | SOURCE
    mediator = visit("mediator@peace")
    page = mediator.follow(mediator.post("/harm/cite/new", said))
    assert "its author has to agree first" in page.words
    assert mediator.post(f"/harm/{ref_in(page)}/publish").status == 403
