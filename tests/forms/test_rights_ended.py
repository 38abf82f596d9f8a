"""A right that ends while somebody writes: nothing is done, and what they typed is on the page."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.stakeholders import Membership
from portal.db import writing
from tests.cast import NOW, World
from tests.forms.filled import typed
from tests.forms.scenes import SCENES
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
WORDS = "An hour's <work> \N{HEBREW LETTER ALEF}"
# What no membership is needed for: stewards, and those who sit somewhere in person.
STAYS = frozenset(
    {
        "stakeholders.admit",
        "stakeholders.invite",
        "offers.invite_again",
        "units.draft_unit",
        "clauses.add_clause",
        "saved_views.save_view",
    }
)


def ended(session: Session, world: World, name: str) -> None:
    """They are in no organisation any more."""
    mine = Membership.person_id == world.actors[name].person_id
    session.execute(update(Membership).where(mine).values(ends_at=NOW))


@pytest.mark.parametrize("name", sorted(SCENES.keys() - STAYS))
def test_what_was_typed_is_there_though_the_right_ended(
    world: World, visit: Visit, name: str
) -> None:
    with writing(world.sessions) as session:
        sent = SCENES[name](session, world)
    visitor = visit(sent.who)
    page = visitor.get(sent.page or sent.path)
    assert page.status == 200
    values = typed({}, sent) | {"words": WORDS}  # whatever the field is called
    with writing(world.sessions) as session:
        ended(session, world, sent.who)
    late = visitor.post(sent.path, values)
    assert late.status in (403, 404), late.status
    assert WORDS in late.words
