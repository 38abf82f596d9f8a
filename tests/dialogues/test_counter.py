"""Proposing another time by the reply of a calendar."""

from collections.abc import Callable

from tests.cast import World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    TELCO,
    dialogue_of,
    invited,
    line,
    posted,
    take,
)
from tests.dialogues.test_receive_reply import about, counter, outcomes
from tests.mail import text_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_another_time_reaches_the_organisers_who_take_it_up_with_one_click(
    world: World, visit: Visit
) -> None:
    ref = invited(world)
    posted(world, ref)
    assert take(world, counter(world, ref))
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert mine.answer == "tentative"
    (email,) = about(world, ref, ORGANISER)
    assert "proposes another time" in text_of(email)
    assert about(world, ref, TELCO) == []
    coordinator = visit(ORGANISER)
    page = coordinator.get(f"/dialogues/{ref}")
    assert "Telco liaison proposes another time" in page.words
    (link,) = [str(a["href"]) for a in page.page.select("a[href*='proposal=']")]
    form = coordinator.get(link).form()
    assert (form["at"], form["minutes"]) == (["2027-02-03T14:00"], ["45"])
    page = coordinator.follow(coordinator.post(link, form))
    assert dialogue_of(world, ref).sequence == 1
    assert "proposes another time" not in page.words


def test_the_time_that_it_has_is_no_other_time(world: World) -> None:
    ref = invited(world)
    assert take(world, counter(world, ref, 0))
    assert [one for one, _why in outcomes(world, ref)] == ["answer"]
