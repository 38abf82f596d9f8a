"""A unit that is published is beside ours: read, learned, found and completed by everybody."""

from collections.abc import Callable

import pytest

from models.training import Completion
from models.units import TrainingUnit, UnitEdition
from portal.clock import now
from portal.days import DAY
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.overview.test_activity import of
from tests.pages import Visitor
from tests.training.builders import administers, completed, right
from tests.units.builders import STEWARD, drafted, offered, taught

Visit = Callable[[str], Visitor]
MEDIATOR = "mediator@peace"


def test_a_steward_publishes_after_a_look(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    steward = visit(STEWARD)
    page = steward.get(f"/units/{ref}/publish")
    assert "Our spokesperson answers this." in page.words
    form = page.form()
    stale = steward.post(f"/units/{ref}/publish", form | {"version": "9"})
    assert stale.status == 409
    steward.follow(steward.post(f"/units/{ref}/publish", stale.form()))
    with reading(world.sessions) as session:
        unit = session.query(TrainingUnit).one()
        edition = session.query(UnitEdition).one()
    assert (unit.state, unit.edition, edition.number) == ("published", 1, 1)
    assert (edition.text["title"], edition.day) == (unit.title, unit.text_of)


@pytest.mark.parametrize("who", [MEDIATOR, "observer@un", "auditor@portal"])
def test_everybody_finds_and_reads_it(world: World, visit: Visit, who: str) -> None:
    ref, visitor = offered(world), visit(who)
    page = visitor.get("/training/")
    assert "Written by this portal's stewards" in page.words
    assert page.page.find("a", href=f"/units/{ref}")
    assert page.page.find("a", href="/units/new") is None
    shown = visitor.get(f"/units/{ref}")
    assert "Write it down." in shown.words
    assert "Our spokesperson answers this." not in shown.words
    assert visitor.get(f"/training/units/{ref}").headers["Location"] == f"/units/{ref}"
    for words in ("journalist", "spokesperson%20answers", "passed%20on"):
        found = visitor.get(f"/search?q={words}").page.find("a", href=f"/units/{ref}")
        assert (found is None) == words.startswith("spokesperson")


def test_it_is_learned_from_the_first_page_to_the_certificate(world: World, visit: Visit) -> None:
    ref, mediator = offered(world), visit(MEDIATOR)
    first = mediator.post("/training/new", {"unit": ref})
    assert "Section 1 of 2" in mediator.follow(first).words
    begun = first.to.split("/")[2]
    questions = mediator.get(f"/training/{begun}/complete")
    unit = taught(world, ref)
    answers = {f"answer_{key}": choice for key, choice in right(unit).items()}
    wrong = mediator.post(
        f"/training/{begun}/complete",
        questions.form(f"/training/{begun}/complete") | {"answer_q1": "a9"},
    )
    assert wrong.status == 422
    done = mediator.post(
        f"/training/{begun}/complete", questions.form(f"/training/{begun}/complete") | answers
    )
    page = mediator.follow(done)
    assert "Version 1 of" in page.words
    assert "One number for all calls." in page.words
    with reading(world.sessions) as session:
        row = session.query(Completion).filter_by(ref=begun).one()
    assert (row.unit, row.edition, row.ended_by) == (ref, 1, None)
    assert "When a journalist calls" in mediator.get(f"/training/{begun}/export").text
    assert "When a journalist calls" in mediator.get("/training/").words


def test_what_expires_soon_is_named_by_its_title(world: World, visit: Visit) -> None:
    ref, at = offered(world, lasts="month"), now() - 25 * DAY
    with writing(world.sessions) as session:
        completed(session, world, MEDIATOR, taught(world, ref), at)
    assert "Training: When a journalist calls" in visit(MEDIATOR).get("/").words


def test_an_administrator_reads_what_it_is_called(world: World, visit: Visit) -> None:
    ref = offered(world)
    administers(world, "colleague@telco")
    with writing(world.sessions) as session:
        completed(session, world, "liaison@telco", taught(world, ref), NOW)
    home = f"/training/organisations/{world.organisations['telco'].ref}"
    admin = visit("colleague@telco")
    page = admin.get(f"{home}/read-training")
    assert "When a journalist calls" in page.words
    admin.follow(admin.post(f"{home}/require", {"unit": ref, "act": "take-seat"}))
    assert "When a journalist calls" in admin.get("/training/").words
    liaison = visit("liaison@telco").get("/training/").page
    assert liaison.find("section", {"aria-labelledby": "required"}) is None


def test_activity_says_that_it_is_new_and_not_who_wrote_it(world: World) -> None:
    offered(world)
    assert of(world, MEDIATOR, "units") == [("", "A new training unit: ")]
    with writing(world.sessions) as session:
        drafted(session, world, title="Not yet")
    assert len(of(world, STEWARD, "units")) == 1
