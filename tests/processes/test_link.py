"""The mediating team links a notice to its process: seen by those who see both, sharing nothing."""

from collections.abc import Callable

import pytest

from portal import processes
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import NOW, World
from tests.factories import opened_process, published
from tests.pages import Visitor

MEDIATOR, CLOUD = "mediator@peace", "liaison@cloud"


def linked(world: World, ref: str, notice: str, by: str = MEDIATOR) -> None:
    with writing(world.sessions) as session:
        processes.link(session, world.actors[by], ref, notice=notice, now=NOW)


def test_a_link_is_seen_by_those_who_see_both_ends(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = opened_process(session, world, "cloud", "cert").ref
        notice = published(session, world, "peace", "cloud", "bank", title="A wiper").ref
    mediator = visit(MEDIATOR)
    wrong = mediator.post(f"/processes/{ref}/link", {"notice": "N-26-ZZZZZZ"})
    assert wrong.errors() == {"notice": "This is not in the portal, or not shared with you."}
    page = mediator.follow(mediator.post(f"/processes/{ref}/link", {"notice": notice}))
    assert "A wiper" in page.words
    assert "linked by the mediating team" in page.words
    assert "A wiper" in visit(CLOUD).get(f"/processes/{ref}").words
    assert "Ledgerfall talks" in visit(CLOUD).get(f"/notices/{notice}").words
    cert = visit("analyst@cert")
    assert "A wiper" not in cert.get(f"/processes/{ref}").text, "the link gives no access"
    assert notice not in cert.get(f"/processes/{ref}").text
    assert cert.get(f"/notices/{notice}").status == 404
    for name in ("liaison@bank", "liaison@telco"):
        assert "Ledgerfall" not in visit(name).get(f"/notices/{notice}").text
        assert visit(name).get(f"/processes/{ref}").status == 404
    assert "Remove link" not in visit(CLOUD).get(f"/processes/{ref}").words
    gone = mediator.post(f"/processes/{ref}/unlink", {"notice": notice})
    assert "A wiper" not in mediator.follow(gone).words


def test_only_the_team_links_and_only_what_it_reads(world: World) -> None:
    with writing(world.sessions) as session:
        ref = opened_process(session, world, "cloud").ref
        hidden = published(session, world, "cloud").ref
        shown = published(session, world, "peace").ref
    with pytest.raises(Refused):
        linked(world, ref, hidden, by=CLOUD)
    with pytest.raises(NotFound):
        linked(world, ref, shown, by="liaison@bank")
    with pytest.raises(Invalid):
        linked(world, ref, hidden)
    linked(world, ref, shown)
    with pytest.raises(Invalid):
        linked(world, ref, shown)
    with writing(world.sessions) as session, pytest.raises(NotFound):
        processes.unlink(session, world.actors[MEDIATOR], ref, notice=hidden, now=NOW)
