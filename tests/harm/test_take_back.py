"""Back to draft: whoever was asked no longer reads it, and what they agreed to is void."""

from collections.abc import Callable

from models.harm import Harm
from portal import harm
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.harm.builders import MEDIATOR, TELCO
from tests.harm.consent_builders import wide
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_again_is_its_organisations_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        row = wide(session, world)
        ref = row.ref
        harm.ask_consent(session, world.actors[MEDIATOR], ref, NOW)
        harm.consent(session, world.actors[TELCO], ref, version=row.version, now=NOW)
    mediator, telco = visit(MEDIATOR), visit(TELCO)
    assert telco.post(f"/harm/{ref}/take-back").status == 403
    page = mediator.follow(mediator.post(f"/harm/{ref}/take-back"))
    assert "its author has to agree first" in page.words
    assert telco.get(f"/harm/{ref}").status == 404
    assert mediator.post(f"/harm/{ref}/take-back").status == 409
    with reading(world.sessions) as session:
        kept = session.query(Harm).one()
        assert (kept.consented_tlp, kept.consent_needed) == ("", True)
