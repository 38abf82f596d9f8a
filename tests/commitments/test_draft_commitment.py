"""Drafting by form: nothing typed is lost, steps are kept, a clause gives its words."""

from collections.abc import Callable

from tests.cast import World
from tests.commitments.test_pages import day, filled
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"


def test_nothing_typed_is_lost_when_something_is_wrong(world: World, visit: Visit) -> None:
    wrong = visit(TELCO).post("/commitments/new", filled(world, title="", addressee=0))
    assert wrong.status == 422
    assert set(wrong.errors()) >= {"title", "addressee"}
    assert wrong.form()["body"] == ["All of them."]


def test_steps_are_kept_and_more_lines_can_be_asked_for(world: World, visit: Visit) -> None:
    telco = visit(TELCO)
    steps = {"steps-0-title": "First", "steps-0-due_on": "2027-01-01", "steps-0-weight": "3"}
    more = telco.post("/commitments/new", filled(world, **steps, more="1"))
    assert more.status == 200
    assert more.form()["steps-0-title"] == ["First"]
    assert "steps-3-title" in more.form()
    steps |= {"steps-1-title": "Second", "steps-1-due_on": "2027-02-01", "steps-1-weight": "2"}
    page = telco.follow(telco.post("/commitments/new", filled(world, **steps)))
    assert "First" in page.words
    assert "By weight, 0 of 5 is verified in full." in page.words


def test_a_clause_gives_the_form_its_words(visit: Visit) -> None:
    telco = visit(TELCO)
    link = telco.get("/clauses/").page.select_one("a[href*='/commitments/new?clause=']")
    assert link is not None
    form = telco.get(str(link["href"])).form()
    assert form["title"][0]
    assert form["due_on"][0] > day(0)
