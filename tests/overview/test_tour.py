"""First steps on the overview: those of one's role, until one closes them for good."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import person

Visit = Callable[[str], Visitor]
FIRST = {
    "liaison@telco": "Post a notice",
    "mediator@peace": "Open a process",
    "coordinator@peace": "Prepare a dialogue",
    "steward@portal": "Admit organisations",
    "auditor@portal": "Read the audit trail",
    "observer@un": "Read notices",
}


def test_each_role_has_three_steps_that_lead_somewhere(visit: Visit) -> None:
    for name, first in FIRST.items():
        visitor = visit(name)
        steps = visitor.get("/").page.select(".go-tour li")
        assert len(steps) == 3
        assert first in steps[0].get_text()
        for step in steps:
            link = step.select_one("a")
            assert link is not None
            assert visitor.get(str(link["href"])).status == 200, name


def test_closed_once_it_stays_closed_for_whoever_closed_it(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    page = liaison.follow(liaison.post("/account/close-tour"))
    assert not page.page.select(".go-tour")
    assert not visit("liaison@telco").get("/").page.select(".go-tour")
    assert visit("colleague@telco").get("/").page.select(".go-tour")
    assert not visit("colleague@telco").get("/notices/").page.select(".go-tour")
    assert person(world, "liaison@telco.example").toured_at is not None
