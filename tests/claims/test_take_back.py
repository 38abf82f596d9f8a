"""Back to draft: whoever was asked no longer reads it, until they are asked again."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.claims.builders import asked
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_again_is_its_organisations_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = asked(session, world).ref
    liaison, cloud = visit("liaison@telco"), visit("liaison@cloud")
    assert cloud.get(f"/claims/{ref}").status == 200
    assert cloud.post(f"/claims/{ref}/take-back").status == 403
    page = liaison.follow(liaison.post(f"/claims/{ref}/take-back"))
    assert "This is a draft." in page.words
    assert cloud.get(f"/claims/{ref}").status == 404
    assert liaison.post(f"/claims/{ref}/take-back").status == 409
