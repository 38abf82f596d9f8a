"""What an item of the agenda is about is found by words; what is hidden is in no list."""

from collections.abc import Callable

from sqlalchemy import select

from models.agenda import AgendaLink
from models.vocabulary import Tlp
from portal.db import reading, writing
from tests.cast import World
from tests.dialogues.builders import ORGANISER, drafted
from tests.factories import published
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def found(page: Answer) -> list[str]:
    return [str(box["value"]) for box in page.page.select("input[name=link]")]


def made(world: World) -> tuple[str, str, str]:
    """A dialogue in preparation, a notice that its organiser reads, and one that they do not."""
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
        seen = published(session, world, "peace", title="Zephyrine wiper", tlp=Tlp.AMBER_STRICT)
        hidden = published(session, world, "cert", title="Zephyrine secret", tlp=Tlp.AMBER_STRICT)
        return ref, seen.ref, hidden.ref


def test_it_is_found_by_words_ticked_and_linked(world: World, visit: Visit) -> None:
    ref, seen, _hidden = made(world)
    path, organiser = f"/dialogues/{ref}/plan", visit(ORGANISER)
    form = organiser.get(path).form() | {
        "title": ["The wiper"],
        "sight": ["all:0"],
        "look_for": ["zephyrine"],
    }
    page = organiser.post(path, form | {"find": ["1"]})
    assert (page.status, found(page)) == (200, [seen])
    again = page.form()
    assert again["title"] == ["The wiper"], "nothing typed is lost"
    organiser.follow(organiser.post(path, again | {"link": [seen]}))
    with reading(world.sessions) as session:
        assert len(session.scalars(select(AgendaLink.notice_id)).all()) == 1


def test_what_is_hidden_is_found_by_nobody_and_looks_absent(world: World, visit: Visit) -> None:
    ref, seen, hidden = made(world)
    organiser = visit(ORGANISER)
    for asked in ("zephyrine", hidden, hidden[-5:], "secret"):
        page = organiser.get(f"/search/references?q={asked}&noun=notices")
        assert hidden not in found(page)
        assert "secret" not in page.words.replace(asked, "")
    one, two = (
        organiser.get(f"/search/references?q={q}&noun=notices") for q in ("secret", "secrex")
    )
    assert one.words.replace("secret", "") == two.words.replace("secrex", "")
    assert found(organiser.get("/search/references?q=zephyrine&noun=commitments")) == []
    assert found(organiser.get("/search/references?look_for=zephyrine")) == [seen]
    path = f"/dialogues/{ref}/plan"
    form = organiser.get(path).form() | {"title": ["x"], "sight": ["all:0"], "link": [hidden]}
    answer = organiser.post(path, form)
    assert "not shared with you" in answer.errors()["links"]
