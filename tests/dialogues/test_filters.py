"""The lists of dialogues and of minutes, and the directory, as work surfaces."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.records import RecordState
from portal.db import writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.later_builders import recorded
from tests.factories import opened_process
from tests.pages import Answer, Visitor
from tests.records.builders import TELCO, talked

pytestmark = pytest.mark.both_engines

Visit = Callable[[str], Visitor]


def titles(page: Answer) -> list[str]:
    """The titles on a page of a list, in their order."""
    return [tag.get_text() for tag in page.page.select("main tbody th a")]


def sorts(page: Answer) -> list[str]:
    """How the list says it is sorted."""
    return [str(tag["aria-sort"]) for tag in page.page.select("main th[aria-sort]")]


def test_dialogues_are_sorted_filtered_and_grouped(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for n in range(3):
            drafted(session, world, title=f"Round {n}", at=NOW + timedelta(hours=n))
        talked(session, world, title="Zephyrine harbour")
    organiser = visit(ORGANISER)
    assert titles(organiser.get("/dialogues/")) == [
        "Round 2",
        "Round 1",
        "Round 0",
        "Zephyrine harbour",
    ]
    page = organiser.get("/dialogues/?sort=changed&state=draft")
    assert (titles(page), sorts(page)) == (["Round 0", "Round 1", "Round 2"], ["ascending"])
    assert "State: draft" in page.words
    assert titles(organiser.get("/dialogues/?q=zephyrine")) == ["Zephyrine harbour"]
    assert titles(visit("liaison@bank").get("/dialogues/?q=zephyrine")) == []
    grouped = organiser.get("/dialogues/?group=party")
    assert "Peace 4 on this page" in grouped.words or "4 on this page" in grouped.words
    assert titles(organiser.get("/dialogues/?quiet=365&sort=-date")) == []


def test_no_process_that_one_may_not_know_filters_or_heads_dialogues(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "cloud")
        talked(session, world, title="Within")
    bank = visit("liaison@bank").get(f"/dialogues/?part_of={process.id}&group=process")
    assert "Ledgerfall" not in bank.text
    assert "Process: not in this portal" in bank.words


def test_minutes_are_sorted_and_filtered(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for n, state in enumerate((RecordState.ADOPTED, RecordState.DRAFT, RecordState.CIRCULATED)):
            dialogue = talked(session, world, title=f"Round {n}")
            recorded(session, world, dialogue, state, at=NOW + timedelta(days=n), days=400)
    organiser, telco = visit(ORGANISER), visit(TELCO)
    assert titles(organiser.get("/records/?sort=changed")) == ["Round 0", "Round 1", "Round 2"]
    assert titles(organiser.get("/records/?sort=silence"))[0] == "Round 2"
    assert titles(organiser.get("/records/?state=draft")) == ["Round 1"]
    assert titles(telco.get("/records/?state=draft")) == [], "a draft is its writers'"
    assert sorts(organiser.get("/records/?sort=-changed")) == ["descending"]
    assert titles(telco.get("/records/?q=round&sort=-changed")) == titles(
        telco.get("/records/?q=round&sort=-changed&quiet=")
    )


def test_the_directory_is_sorted_and_filtered(world: World, visit: Visit) -> None:
    bank = visit("liaison@bank")
    names = titles(bank.get("/stakeholders/"))
    assert names == sorted(names)
    assert titles(bank.get("/stakeholders/?sort=-name")) == names[::-1]
    assert titles(bank.get("/stakeholders/?words=telco")) == ["Telco"]
    companies = titles(bank.get("/stakeholders/?kind=company"))
    assert {"Telco", "Cloud", "Bank"} <= set(companies)
    assert len(companies) < len(names)
    assert titles(bank.get("/stakeholders/?state=invited")) == []
    assert "Type: " in bank.get("/stakeholders/?kind=company&group=kind").words
