"""Reading a unit: everybody what is published, stewards the rest; the list is theirs."""

import pytest

from portal import units
from portal.db import reading, writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.units.builders import STEWARD, corrected, drafted, published

OTHERS = ("mediator@peace", "auditor@portal", "custodian@portal")


def test_everybody_reads_what_is_published_and_its_versions(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world).ref
        corrected(session, world, ref, title="When the press calls")
    with reading(world.sessions) as session:
        for who in (*OTHERS, STEWARD):
            found = units.read(session, world.actors[who], ref, NOW)
            assert found.unit.title == "When the press calls"
            assert [(one.number, one.why) for one in found.editions] == [
                (2, "A word was wrong."),
                (1, ""),
            ]
            assert (found.verbs == {"read"}) == (who != STEWARD)
            assert [one.key for one in units.outlines(session, world.actors[who], NOW)] == [ref]


@pytest.mark.parametrize("who", OTHERS)
def test_a_draft_and_the_list_are_the_stewards(world: World, who: str) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    with reading(world.sessions) as session:
        assert units.read(session, world.actors[STEWARD], ref, NOW).row.ref == ref
        assert [row.ref for row in units.listing(session, world.actors[STEWARD], NOW).rows] == [ref]
        assert units.outlines(session, world.actors[STEWARD], NOW) == []
        with pytest.raises(NotFound):
            units.read(session, world.actors[who], ref, NOW)
        assert not units.may_write(session, world.actors[who], NOW)
