"""Overdue is one thing everywhere: a due day has passed for which nothing was reported in full."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState, Step
from portal import commitments
from portal.clock import now
from portal.commitments import Days, Filter, StepText
from portal.db import reading, writing
from portal.schema import downgrade, upgrade
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, reported
from tests.commitments.counted import all_ways, later
from tests.factories import opened_process
from tests.pages import Visitor

pytestmark = pytest.mark.both_engines

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
MEDIATOR, CLOUD, TELCO = "mediator@peace", "liaison@cloud", "liaison@telco"
REPORTED, UNREPORTED = "Reported in time", "Nothing reported"
TWO = (StepText("First", date(2026, 12, 5)), StepText("Second", date(2026, 12, 15)))


def late_in_list(world: World, who: str, at: datetime) -> set[str]:
    """The references of what the list calls overdue."""
    with reading(world.sessions) as session:
        page = commitments.overview(session, world.actors[who], at, narrowed=Filter(due="late"))
        return {row.ref for row in page.rows}


@pytest.mark.parametrize("days", [3, 40, 100])
def test_list_and_page_call_the_same_commitments_overdue(world: World, days: int) -> None:
    at = NOW + days * DAY
    with writing(world.sessions) as session:
        all_ways(session, world)
        for steps in ((), TWO):
            due = None if steps else TWO[0].due_on
            one = agreed(session, world, due_on=due, steps=steps)
            reported(session, world, one.ref, milestone=1 if steps else 0)
        later(session, at)
    with writing(world.sessions) as session:
        actor = world.actors[TELCO]
        page = commitments.overview(session, actor, at, narrowed=Filter())
        by_row, by_page = set(), set()
        for row in page.rows:
            said = commitments.standing(commitments.read(session, actor, row.ref, at), at)
            if any(milestone.overdue for milestone in said.milestones):
                by_page.add(row.ref)
            if row.state == CommitmentState.IN_FORCE and row.due_at and row.due_at <= at:
                by_row.add(row.ref)
    assert len(page.rows) > 5
    assert by_page == by_row == late_in_list(world, TELCO, at)
    assert bool(by_page) is (days > 3)


def test_who_reported_in_time_is_late_nowhere_until_it_is_found_to_be_less(
    world: World, visit: Visit
) -> None:
    begun, due = now() - 12 * DAY, (now() - 2 * DAY).date()
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        about = {"at": begun, "due_on": due, "process": process.id}
        one = agreed(session, world, "peace", title=REPORTED, **about)
        agreed(session, world, "peace", title=UNREPORTED, **about)
        reported(session, world, one.ref, at=begun + DAY)
        key, ref, home = one.id, one.ref, str(process.ref)
    assert days_of(world) == Days(late=1, reported=1)
    reader = visit(MEDIATOR)
    assert watched(reader, home, "overdue") == {UNREPORTED}
    assert watched(reader, home, "waiting") == {REPORTED}
    listed = reader.get("/commitments/").page.select("main tbody tr")
    said = {str(row.a.string): row.get_text(" ", strip=True) for row in listed if row.a}
    assert "overdue by" in said[UNREPORTED]
    assert "overdue by" not in said[REPORTED]
    assert "reported in full" in said[REPORTED]
    assert REPORTED not in reader.get("/commitments/?due=late").text
    assert "1 overdue" in reader.get("/").words
    assert "1 awaiting verification" in progress_of(reader)
    with writing(world.sessions) as session:
        found(session, world, ref, Step.MINIMAL, at=now() - DAY)
        assert session.get_one(Commitment, key).due_at is not None
    assert REPORTED in reader.get("/commitments/?due=late").text
    assert watched(reader, home, "overdue") == {UNREPORTED, REPORTED}
    assert watched(reader, home, "differ") == {REPORTED}
    assert days_of(world) == Days(late=1, disputed=1)


def progress_of(reader: Visitor) -> str:
    """The numbers of the progress, each before its word."""
    (table, *_rest) = reader.get("/commitments/progress").page.select("main table")
    heads = [cell.get_text(strip=True) for cell in table.select("thead th")][1:]
    numbers = [cell.get_text(strip=True) for cell in table.select("tbody td")]
    return ", ".join(f"{n} {word}" for n, word in zip(numbers, heads, strict=True))


def days_of(world: World) -> Days:
    """The due days that the mediator counts."""
    with reading(world.sessions) as session:
        actor = world.actors[MEDIATOR]
        return commitments.progress(session, actor, now(), narrowed=Filter()).days


def watched(reader: Visitor, ref: str, flag: str) -> set[str]:
    """The commitments that the page of the process shows behind one of its numbers."""
    rows = reader.get(f"/processes/{ref}?show={flag}").page.select(
        "section[aria-labelledby=commitments] .go-rows li a"
    )
    return {link.get_text() for link in rows}


def test_what_is_reported_keeps_its_place_in_the_list(world: World) -> None:
    with writing(world.sessions) as session:
        first = agreed(session, world, due_on=date(2026, 12, 5))
        second = agreed(session, world, due_on=date(2026, 12, 6))
        reported(session, world, first.ref)
        refs = [first.ref, second.ref]
    with reading(world.sessions) as session:
        page = commitments.overview(session, world.actors[CLOUD], NOW, narrowed=Filter())
        assert [row.ref for row in page.rows] == refs


def test_an_older_database_learns_which_reports_are_due(world: World) -> None:
    with writing(world.sessions) as session:
        all_ways(session, world)
        whole = agreed(session, world, due_on=date(2026, 12, 5))
        steps = agreed(session, world, due_on=None, steps=TWO)
        reported(session, world, whole.ref)
        reported(session, world, steps.ref, milestone=1)
        keys = (whole.id, steps.id)
    after = rows_of(world)
    downgrade(world.engine, "0062")
    before = rows_of(world)
    assert [before[0][key] != after[0][key] for key in keys] == [True, True]
    upgrade(world.engine)
    assert rows_of(world) == after


def rows_of(world: World) -> tuple[dict[int, datetime | None], set[tuple[object, ...]]]:
    """The due day of each commitment, and the rows of the index."""
    index = CommitmentAudienceRow
    with reading(world.sessions) as session:
        days = session.execute(select(Commitment.id, Commitment.due_at)).all()
        rows = session.execute(
            select(index.principal, index.commitment_id, index.live, index.turns_at)
        )
        return {row.id: row.due_at for row in days}, {tuple(row) for row in rows}
