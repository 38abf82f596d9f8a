"""Linking a commitment to a norm: by everybody in it, once it is proposed."""

import pytest

from portal.db import writing
from portal.errors import NotFound, Refused
from portal.rules import COMMITMENTS
from tests.cast import World
from tests.commitments import builders
from tests.norms.builders import F, tie, ties
from tests.norms.test_link_norm import acts


def test_a_commitment_is_tied_by_everybody_in_it_once_it_is_proposed(world: World) -> None:
    with writing(world.sessions) as session:
        draft = builders.drafted(session, world).ref
        live = builders.agreed(session, world, "peace").ref
    tie(world, "liaison@telco", COMMITMENTS, draft)
    for by, error in (("liaison@cloud", NotFound), ("analyst@cert", NotFound)):
        for act in acts(world, by, COMMITMENTS, draft):
            with pytest.raises(error):
                act()
    parties = ("liaison@telco", "liaison@cloud", "analyst@cert")
    for by, norm in zip(parties, (F, "un-gge-2015-i", "un-gge-2015-j"), strict=True):
        tie(world, by, COMMITMENTS, live, norm)
    for by, error in (("mediator@peace", Refused), ("liaison@bank", NotFound)):
        for act in acts(world, by, COMMITMENTS, live):
            with pytest.raises(error):
                act()
    assert len(ties(world)) == 4
