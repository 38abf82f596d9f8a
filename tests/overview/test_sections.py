"""The overview, a question a section: by day, drafts apart, others, accounts, processes, verbs."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from models.commitments import Step
from models.vocabulary import Tlp
from portal import following
from portal.clock import now
from portal.db import reading, writing
from portal.overview import FirstPage, first_page
from portal.rules import COMMITMENTS
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, due_at, found, proposed, reported
from tests.dialogues.poll_builders import polled
from tests.factories import opened_process, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
TELCO, CLOUD, CERT, BANK = "liaison@telco", "liaison@cloud", "analyst@cert", "liaison@bank"
MEDIATOR, COORDINATOR, OBSERVER = "mediator@peace", "coordinator@peace", "observer@un"
LATE = NOW + 30 * DAY


def page(world: World, name: str, at: datetime = NOW) -> FirstPage:
    with reading(world.sessions) as session:
        return first_page(session, world.actors[name], at)


def test_what_is_to_do_stands_by_day_and_drafts_apart(world: World) -> None:
    with writing(world.sessions) as session:
        for days in (-1, 0, 3, 12):
            made = agreed(session, world, title=f"Due {days}")
            due_at(session, made, NOW + days * DAY + timedelta(hours=1))
        drafted(session, world, title="Draft")
    shown = page(world, TELCO)
    by_day = {group.heading: [row.title for row in group.rows] for group in shown.groups}
    assert by_day == {
        "Overdue": ["Due -1"],
        "Today": ["Due 0"],
        "Next 7 days": ["Due 3"],
        "Later": ["Due 12"],
    }
    assert [row.title for row in shown.drafts] == ["Draft"]
    assert len(shown.waiting) == 5


def test_it_says_who_is_waited_for_and_since_when(world: World) -> None:
    with writing(world.sessions) as session:
        offer = proposed(session, world, title="Offer").ref
        report = agreed(session, world, title="Reported").ref
        reported(session, world, report)
        overdue = agreed(session, world, title="Late").ref
        poll = polled(session, world).ref
    others = {row.ref: row for row in page(world, TELCO).others}
    assert {ref: row.organisation for ref, row in others.items()} == {
        offer: "Cloud",
        report: "Response Team",
    }
    assert others[offer].since_at == others[report].since_at == NOW
    late = {row.ref: row.organisation for row in page(world, CLOUD, LATE).others}
    assert late == {overdue: "Telco", report: "Response Team"}
    (row,) = page(world, COORDINATOR).others
    assert (row.ref, row.noun.name) == (poll, "dialogues")
    assert "Telco" in row.organisation


def test_accounts_that_differ_are_told_to_those_whom_it_concerns(world: World) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        ref = agreed(session, world, "peace", "un", process=process.id).ref
        reported(session, world, ref)
        found(session, world, ref, Step.MINIMAL)
    readers = (TELCO, CLOUD, CERT, MEDIATOR, COORDINATOR, OBSERVER, BANK)
    concerned = {name for name in readers if page(world, name).differ}
    assert concerned == {TELCO, CLOUD, CERT, MEDIATOR}, "the parties, and who has a seat"
    with writing(world.sessions) as session:
        following.follow(session, world.actors[OBSERVER], COMMITMENTS, ref, NOW)
    (row,) = page(world, OBSERVER).differ
    assert (row.ref, row.since_at) == (ref, NOW)
    with writing(world.sessions) as session:
        found(session, world, ref)
    assert not page(world, TELCO).differ, "they agree, and it is fulfilled"


def test_processes_count_what_their_reader_may_read_and_nothing_else(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        for readers in (("peace",), ()):
            about = {"process": process.id}
            agreed(session, world, *readers, **about)
            proposed(session, world, *readers, **about)
            ref = agreed(session, world, *readers, **about).ref
            reported(session, world, ref, Step.INTERMEDIATE)
            found(session, world, ref, Step.MINIMAL)
    numbers = {
        name: [(row.overdue, row.differ, row.waiting) for row in page(world, name, LATE).processes]
        for name in (TELCO, MEDIATOR, COORDINATOR, BANK)
    }
    # The proposal is late as well: nobody has let it lapse here.
    assert numbers == {TELCO: [(4, 2, 2)], MEDIATOR: [(2, 1, 1)], COORDINATOR: [], BANK: []}
    links = visit(MEDIATOR).get("/").page.select('a[href*="show="]')
    assert links
    assert all(f"/processes/{process.ref}" in str(link["href"]) for link in links)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (TELCO, "New notice"),
        (MEDIATOR, "New commitment"),
        (COORDINATOR, "New dialogue"),
        (OBSERVER, ""),
        ("steward@portal", ""),
    ],
)
def test_the_main_action_of_each_role_is_the_one_primary_button(
    world: World, visit: Visit, name: str, first: str
) -> None:
    with writing(world.sessions) as session:
        published(session, world, "cloud", "peace", by=TELCO, at=now())
        proposed(session, world, "peace", tlp=Tlp.AMBER, at=now())
    buttons = visit(name).get("/").page.select("main .btn-primary")
    assert [button.get_text() for button in buttons] == ([first] if first else [])
