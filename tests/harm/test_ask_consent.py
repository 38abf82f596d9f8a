"""Asking for consent to a wider marking: by whoever wrote it, of the author of the notice alone."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.harm.builders import MEDIATOR, TELCO
from tests.harm.consent_builders import CLOUD, wide
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_only_its_writers_ask(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = wide(session, world).ref
    for who in (TELCO, CLOUD):
        assert visit(who).post(f"/harm/{ref}/ask-consent").status == 404
    mediator = visit(MEDIATOR)
    assert mediator.post(f"/harm/{ref}/ask-consent").status == 302
    assert mediator.post(f"/harm/{ref}/ask-consent").status == 409
    assert visit(TELCO).get(f"/harm/{ref}").status == 200
    assert visit(CLOUD).get(f"/harm/{ref}").status == 404
