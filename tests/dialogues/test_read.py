"""Reading a dialogue: a draft is its organisers' alone."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.dialogues.builders import ORGANISER, drafted
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_is_seen_by_its_organisers_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco", guests=(("analyst@cert", "observer"),)).ref
    assert visit(ORGANISER).get(f"/dialogues/{ref}").status == 200
    for name in ("mediator@peace", "liaison@telco", "analyst@cert", "steward@portal"):
        visitor = visit(name)
        assert visitor.get(f"/dialogues/{ref}").status == 404, name
        assert ref not in visitor.get("/dialogues/").text
    assert ref in visit(ORGANISER).get("/dialogues/").text
