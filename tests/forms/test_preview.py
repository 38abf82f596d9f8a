"""Each form that asks who may read shows, on the button for it, whom that reaches."""

import pytest

from portal.db import writing
from tests.cast import World
from tests.forms.filled import typed
from tests.forms.scenes import SCENES
from tests.forms.test_unread import Visit

NEW = (
    "notices.post_notice",
    "claims.post_claim",
    "harm.state_harm",
    "harm.cite_harm",
    "contacts.add_contact",
    "commitments.draft_commitment",
    "exercises.draft_exercise",
    "records.redact",
)


@pytest.mark.parametrize("name", NEW)
def test_the_preview_shows_whom_it_reaches(world: World, visit: Visit, name: str) -> None:
    with writing(world.sessions) as session:
        sent = SCENES[name](session, world)
    visitor = visit(sent.who)
    page = visitor.get(sent.page or sent.path)
    values = typed(page.form(), sent)
    values.pop("keep", None)
    shown = visitor.post(sent.path, {**values, "look": "1"})
    assert shown.status == 200, shown.errors()
    reach = shown.page.select_one("#reach")
    assert reach is not None
    assert reach.select(".go-reach, dl, section"), shown.words
