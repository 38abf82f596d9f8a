"""Closing a process: after a last look, and for good."""

from collections.abc import Callable

from portal.rules import EDIT, PHASES
from tests.cast import World
from tests.pages import Visitor
from tests.processes.test_move import endpoints, phase

Visit = Callable[[str], Visitor]


def test_it_is_closed_after_a_last_look_and_for_good(world: World, visit: Visit, ref: str) -> None:
    mediator, path = visit("mediator@peace"), f"/processes/{ref}/close"
    assert "Close this process?" in mediator.get(path).words
    assert phase(world, ref) == "preparation", "looking closes nothing"
    page = mediator.follow(mediator.post(path))
    assert phase(world, ref) == "closed"
    assert "Its members can still read it." in page.words
    left = {"seat", "follow", "export"}
    assert endpoints(mediator, ref) == left, "it is read, and seats can still be taken away"
    for verb in (*PHASES.values(), EDIT):
        assert mediator.post(f"/processes/{ref}/{verb}").status == 409, verb
    assert visit("liaison@telco").get(f"/processes/{ref}").status == 200, "seats are kept"
