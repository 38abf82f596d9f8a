"""What was derived from a source stands on the timeline beside it, for whoever may read both."""

from collections.abc import Callable
from datetime import timedelta

from models.audience import Recipient
from models.processes import Process
from portal.db import open_session, writing
from portal.processes import read
from portal.timeline import around
from tests.cast import World
from tests.claims import builders as claims
from tests.factories import opened_process, sent_to
from tests.harm import builders as harm
from tests.pages import Visitor
from tests.releases.builders import COOLED, drafted, released

LATER = COOLED + timedelta(days=1)


def opened(world: World) -> Process:
    with writing(world.sessions) as session:
        return opened_process(session, world, "telco", "cloud", observers=("un",))


def seen(world: World, name: str, process: Process) -> set[str]:
    """The references on the timeline, as this person gets it."""
    with open_session(world.sessions, writes=True) as session:
        actor = world.actors[name]
        found = read(session, actor, process.ref, LATER)
        entries = around(session, actor, found, LATER).entries
        session.rollback()
    return {row.ref for row in entries if row.ref}


def test_a_release_is_there_for_whoever_reads_its_source(world: World) -> None:
    process = opened(world)
    with writing(world.sessions) as session:
        wide = sent_to(session, world, process, tlp="GREEN")
        narrow = sent_to(session, world, process, tlp="AMBER")
        session.add(
            Recipient(
                notice_id=narrow.id, organisation_id=world.organisations["cloud"].id, excepted=True
            )
        )
        of_wide = released(session, world, source=wide.ref).ref
        of_narrow = released(session, world, source=narrow.ref).ref
        draft = drafted(session, world, source=wide.ref).ref
        elsewhere = released(session, world).ref
    mediator = seen(world, "mediator@peace", process)
    assert {wide.ref, narrow.ref, of_wide, of_narrow} <= mediator
    assert draft not in mediator, "a draft is its own side's"
    assert draft in seen(world, "liaison@telco", process)
    cloud = seen(world, "liaison@cloud", process)
    assert of_wide in cloud
    assert narrow.ref not in cloud
    assert of_narrow not in cloud, "its source would be known by it"
    assert elsewhere not in mediator | cloud


def test_so_do_those_of_claims_and_harm(world: World) -> None:
    process = opened(world)
    with writing(world.sessions) as session:
        claim = claims.published(session, world, "peace")
        row = harm.published(session, world, "peace")
        for name, one in (("claim_id", claim), ("harm_id", row)):
            session.add(Recipient(process_id=process.id, **{name: one.id}))
        made = {released(session, world, source=one.ref).ref for one in (claim, row)}
    both = {claim.ref, row.ref}
    assert made | both <= seen(world, "mediator@peace", process)


def test_it_has_its_filter_and_its_place_in_the_picture(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    process = opened(world)
    with writing(world.sessions) as session:
        wide = sent_to(session, world, process, tlp="GREEN")
        ref = released(session, world, source=wide.ref).ref
    page = visit("mediator@peace").get(f"/processes/{process.ref}?of=releases")
    assert ref in page.words
    shown = " ".join(one.get_text(" ") for one in page.page.select(".go-timeline"))
    assert ref in shown
    assert wide.ref not in shown
    assert "Releases" in page.words
    export = visit("mediator@peace").get(f"/processes/{process.ref}/export")
    assert export.status == 200
