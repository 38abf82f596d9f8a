"""Following: whoever may read chooses to hear of it; it gives no access, and one button ends it."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from models.follows import Follow
from portal.db import reading, writing
from tests.cast import World
from tests.commitments.builders import proposed
from tests.factories import opened_process, published
from tests.pages import Visitor
from tests.records.circulated_builders import adopted

Visit = Callable[[str], Visitor]
CLOUD = "liaison@cloud"


def made(world: World) -> dict[str, str]:
    """The address of one of each noun that Cloud's liaison reads."""
    with writing(world.sessions) as session:
        record = adopted(session, world)
        found = {
            "notices": published(session, world, "cloud").ref,
            "commitments": proposed(session, world).ref,
            "processes": opened_process(session, world, "cloud").ref,
            "records": record.ref,
        }
    return {noun: f"/{noun}/{ref}" for noun, ref in found.items()}


def follows(world: World) -> int:
    with reading(world.sessions) as session:
        return session.scalar(select(func.count()).select_from(Follow)) or 0


def test_a_reader_follows_and_stops_by_a_button_on_the_page(world: World, visit: Visit) -> None:
    reader = visit(CLOUD)
    for noun, page in made(world).items():
        assert f'action="{page}/follow"' in reader.get(page).text, noun
        answer = reader.follow(reader.post(f"{page}/follow"))
        assert "You now follow this." in answer.words
        assert f'action="{page}/unfollow"' in answer.text
        reader.post(f"{page}/follow")
        assert follows(world) == 1, "to follow twice is to follow once"
        assert "Unfollow" in answer.words
        reader.post(f"{page}/unfollow")
        assert follows(world) == 0
        assert reader.follow(reader.post(f"{page}/unfollow")).status == 200, "stopped already"


def test_the_page_that_an_e_mail_opens_changes_nothing_before_its_button(
    world: World, visit: Visit
) -> None:
    reader = visit(CLOUD)
    for page in made(world).values():
        reader.post(f"{page}/follow")
        answer = reader.get(f"{page}/unfollow")
        buttons = answer.page.select("main form[method=post] button")
        assert [button.get_text() for button in buttons] == ["Stop following"]
        assert follows(world) == 1
        reader.post(f"{page}/unfollow", answer.form())
        assert "You do not follow this." in reader.get(f"{page}/unfollow").words


@pytest.mark.parametrize("name", ["liaison@bank", "steward@portal"])
def test_what_is_hidden_is_not_there_to_be_followed(world: World, visit: Visit, name: str) -> None:
    stranger = visit(name)
    for page in made(world).values():
        for way in ("follow", "unfollow"):
            assert stranger.post(f"{page}/{way}").status == 404
        assert stranger.get(f"{page}/unfollow").status == 404
    assert follows(world) == 0
