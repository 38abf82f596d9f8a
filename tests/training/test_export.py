"""The certificate: its facts have a digest, and it is handed to its learner alone."""

from datetime import date

from portal import training
from portal.curriculum import certificate_digest
from portal.db import writing
from tests.cast import NOW, World
from tests.training.builders import MEDIATOR, completed


def test_the_digest_is_over_the_facts_of_the_certificate(world: World) -> None:
    with writing(world.sessions) as session:
        done = completed(session, world)
        person = training.read(session, world.actors[MEDIATOR], done.ref, NOW).person
        assert done.sha256 == certificate_digest(done, person.ref)
        for name, value in (("unit", "travel"), ("text_of", date(2020, 1, 1)), ("ref", "T-X")):
            before = getattr(done, name)
            setattr(done, name, value)
            assert certificate_digest(done, person.ref) != done.sha256
            setattr(done, name, before)
        assert certificate_digest(done, "P-other") != done.sha256
