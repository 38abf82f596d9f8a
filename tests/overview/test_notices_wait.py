"""Organisations that have not acknowledged a notice wait on the first page of its author's side."""

from portal import notices
from portal.db import reading, writing
from portal.overview import first_page
from tests.cast import NOW, World
from tests.factories import published

AUTHOR, COLLEAGUE = "liaison@telco", "colleague@telco"


def awaited(world: World, who: str, ref: str) -> list[tuple[str, str]]:
    """The verb and the organisations for which a notice waits, among what waits on others."""
    with reading(world.sessions) as session:
        return [
            (row.verb, row.organisation)
            for row in first_page(session, world.actors[who], NOW).others
            if row.ref == ref
        ]


def test_silent_organisations_wait_until_one_of_each_has_acknowledged(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud").ref
    both = {world.organisations[name].name for name in ("cloud", "peace")}
    for who in (AUTHOR, COLLEAGUE):
        [(verb, names)] = awaited(world, who, ref)
        assert (verb, set(names.split(", "))) == ("remind", both)
    for reader in ("liaison@cloud", "mediator@peace", "analyst@cert"):
        assert awaited(world, reader, ref) == []
    with writing(world.sessions) as session:
        notices.acknowledge(session, world.actors["liaison@cloud"], ref, NOW)
    assert awaited(world, AUTHOR, ref) == [("remind", world.organisations["peace"].name)]
    with writing(world.sessions) as session:
        notices.acknowledge(session, world.actors["mediator@peace"], ref, NOW)
    assert awaited(world, AUTHOR, ref) == []


def test_a_notice_without_a_deadline_waits_for_nobody(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", acknowledge_by_at=None).ref
    assert awaited(world, AUTHOR, ref) == []
