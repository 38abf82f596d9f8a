"""Comments: to all readers, or to the author's side alone; the author's side is told."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.notices.test_publish import notified
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_comment_to_the_author_is_seen_by_its_side_and_its_writer(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cert").ref
    mediator = visit("mediator@peace")
    mediator.post(f"/notices/{ref}/comment", {"text": "Are hospitals reached?", "to_author": "y"})
    mediator.post(f"/notices/{ref}/comment", {"text": "Thank you all."})
    assert notified(world, "comment") == {"liaison@telco", "colleague@telco"}
    for name, private in (
        ("liaison@telco", True),
        ("mediator@peace", True),
        ("analyst@cert", False),
    ):
        page = visit(name).get(f"/notices/{ref}")
        assert "Thank you all." in page.words
        assert ("Are hospitals reached?" in page.words) is private, name


def test_an_empty_comment_is_refused_next_to_its_field(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    answer = visit("mediator@peace").post(f"/notices/{ref}/comment", {"text": " "})
    assert answer.status == 422
    assert list(answer.errors()) == ["text"]
    assert visit("liaison@bank").post(f"/notices/{ref}/comment", {"text": "x"}).status == 404
