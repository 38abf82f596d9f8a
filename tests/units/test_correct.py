"""A correction is another edition: it says whether completions of earlier ones stay valid."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.training import Act, Completion
from models.units import TrainingUnit, UnitEdition
from portal import training, units
from portal.curriculum import certificate_digest
from portal.days import DAY
from portal.db import reading, writing
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.training.builders import completed, required, right
from tests.units.builders import STEWARD, corrected, offered, taught, text

Visit = Callable[[str], Visitor]
MEDIATOR = "mediator@peace"
OTHER = {
    "title": "When the press calls",
    "body": "## New\nOther words.",
    "questions": "## New?\n- [x] Yes.\n  It is.\n- [ ] No.\n  It is not.",
}


def done(world: World, ref: str, who: str = MEDIATOR) -> str:
    unit = taught(world, ref)
    with writing(world.sessions) as session:
        return completed(session, world, who, unit, NOW - 5 * DAY).ref


def one(world: World, ref: str) -> Completion:
    with reading(world.sessions) as session:
        return session.query(Completion).filter_by(ref=ref).one()


def correct(world: World, ref: str, ends: bool) -> None:
    with writing(world.sessions) as session:
        corrected(session, world, ref, ends=ends, **OTHER)


def test_a_completion_shows_the_text_of_its_day(world: World, visit: Visit) -> None:
    ref = offered(world, NOW - 9 * DAY)
    mine = done(world, ref)
    correct(world, ref, ends=False)
    row, page = one(world, mine), visit(MEDIATOR).get(f"/training/{mine}")
    assert (row.edition, row.ended_by) == (1, None)
    assert row.expires_at is not None
    assert row.expires_at > NOW
    assert "One number for all calls." in page.words
    assert "Other words." not in page.words
    assert "When a journalist calls" in page.words
    assert "Other words." in visit(MEDIATOR).get(f"/units/{ref}").words
    assert "A word was wrong." in visit(MEDIATOR).get(f"/units/{ref}").words
    with reading(world.sessions) as session:
        kept = session.scalars(select(UnitEdition).order_by(UnitEdition.number)).all()
    assert [(row.number, row.ends_earlier, row.text["title"]) for row in kept] == [
        (1, False, "When a journalist calls"),
        (2, False, "When the press calls"),
    ]


def test_an_edition_can_end_earlier_completions(world: World, visit: Visit) -> None:
    ref = offered(world, NOW - 9 * DAY)
    mine = done(world, ref)
    required(world, Act.PUBLISH_RED, unit=taught(world, ref))
    with reading(world.sessions) as session:
        assert training.lacking_of_me(session, world.actors[MEDIATOR], NOW) == []
    before = one(world, mine).sha256
    correct(world, ref, ends=True)
    row = one(world, mine)
    assert (row.edition, row.ended_by, row.expires_at) == (1, 2, NOW)
    assert row.sha256 != before
    with reading(world.sessions) as session:
        lacking = training.lacking_of_me(session, world.actors[MEDIATOR], NOW)
    assert [(r.unit, r.title) for r in lacking] == [(ref, "When the press calls")]
    page = visit(MEDIATOR).get(f"/training/{mine}")
    assert "version 2 of the unit has to be completed again" in page.words
    assert "One number for all calls." in page.words
    overview = visit(MEDIATOR).get("/").words
    assert "Training: When the press calls" in overview
    again = done(world, ref)
    assert one(world, again).ended_by is None


def test_what_is_answered_meanwhile_are_other_questions(world: World, visit: Visit) -> None:
    ref, mediator = offered(world), visit(MEDIATOR)
    begun = mediator.post("/training/new", {"unit": ref}).to.split("/")[2]
    path = f"/training/{begun}/complete"
    form = mediator.get(path).form(path)
    old = taught(world, ref)
    correct(world, ref, ends=False)
    answers = {f"answer_{key}": choice for key, choice in right(old).items()}
    answer = mediator.post(f"/training/{begun}/complete", form | answers)
    assert answer.status == 409
    assert "New?" in answer.words
    said = {"unit": old, "answers": right(old), "now": NOW}
    with writing(world.sessions) as session, pytest.raises(TooLate):
        training.complete(session, world.actors[MEDIATOR], begun, **said)
    assert one(world, begun).state == "under-way"


def test_the_form_asks_what_changed_and_what_becomes_of_completions(
    world: World, visit: Visit
) -> None:
    ref, steward = offered(world), visit(STEWARD)
    path = f"/units/{ref}/correct"
    form = steward.get(path).form()
    look = steward.post(path, form | {"body": "## New\nOther words.", "look": "1"})
    assert (look.status, "Preview: not saved yet" in look.words) == (200, True)
    answer = steward.post(path, form | {"title": "Kept as typed"})
    assert answer.status == 422
    assert set(answer.errors()) == {"why", "earlier"}
    assert answer.form()["title"] == ["Kept as typed"]
    chosen = answer.form() | {"why": "Clearer.", "earlier": "stay"}
    steward.follow(steward.post(path, chosen))
    with reading(world.sessions) as session:
        assert session.query(TrainingUnit).one().edition == 2


@pytest.mark.parametrize(
    ("values", "fields"),
    [({"why": " "}, {"why"}), ({"ends": None}, {"earlier"}), ({"why": "x" * 501}, {"why"})],
)
def test_the_service_refuses_it_too(
    world: World, values: dict[str, object], fields: set[str]
) -> None:
    ref = offered(world)
    said = {"text": text(), "why": "x", "ends": False, "version": 2, "now": NOW} | values
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        units.correct(session, world.actors[STEWARD], ref, **said)
    assert set(refused.value.problems) == fields


def test_a_certificate_says_what_it_is_worth(world: World) -> None:
    ref = offered(world, NOW - 9 * DAY)
    mine = done(world, ref)
    correct(world, ref, ends=True)
    with reading(world.sessions) as session:
        row = session.query(Completion).filter_by(ref=mine).one()
        mediator = world.actors[MEDIATOR]
        reading_of = training.read(session, mediator, mine, NOW)
        assert row.sha256 == certificate_digest(row, reading_of.person.ref)
