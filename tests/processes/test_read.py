"""The page of a process: who sits there, and a timeline of what this reader may see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models.audience import Recipient
from models.commitments import Commitment, CommitmentState
from models.ledger import AuditEvent
from models.processes import Process
from portal import notices, processes
from portal.db import open_session, reading, writing
from portal.errors import NotFound
from portal.timeline import around
from tests.cast import NOW, World
from tests.factories import opened_process, sent_to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)


@pytest.fixture
def process(world: World) -> Process:
    with writing(world.sessions) as session:
        return opened_process(
            session, world, "telco", "cloud", observers=("un",), at=NOW - 29 * DAY
        )


def timeline(world: World, name: str, process: Process) -> list[tuple[str, str, str]]:
    """What, name and state of each entry, as this person gets them."""
    with open_session(world.sessions, writes=True) as session:
        actor, day_after = world.actors[name], NOW + DAY
        found = processes.read(session, actor, process.ref, day_after)
        entries = around(session, actor, found, day_after).entries
        session.rollback()
    return [(row.what.removesuffix("s"), row.name, row.state) for row in entries]


def promised(world: World, session: Any, number: int, **values: Any) -> Commitment:
    """A commitment as a row, since its service has rooms of its own."""
    said: dict[str, Any] = {
        "organisation_id": world.organisations["telco"].id,
        "author_id": world.actors["liaison@telco"].person_id,
        "addressee_id": world.organisations["cloud"].id,
        "state": CommitmentState.IN_FORCE,
        "tlp": "AMBER+STRICT",
        "theme": "readiness",
        "title": f"Promise {number}",
        "zone": "UTC",
        "published_at": NOW - DAY,
    }
    row = Commitment(ref=f"C-26-00000{number}", created_at=NOW, changed_at=NOW, **said | values)
    session.add(row)
    session.flush()
    return row


def names_on(visitor: Visitor, path: str) -> str:
    aside = visitor.get(path).page.select_one("aside")
    assert aside is not None
    return " ".join(aside.get_text(" ").split())


def test_seats_are_shown_to_the_team_and_to_others_only_where_open(
    world: World, visit: Visit, process: Process
) -> None:
    path, everybody = f"/processes/{process.ref}", ("Telco", "Cloud", "UN Office", "Mediator")
    shown = names_on(visit("mediator@peace"), path)
    assert all(name in shown for name in everybody)
    assert "Peace Mediation" in shown, "whom people are of"
    for name in ("liaison@telco", "observer@un"):
        hidden = names_on(visit(name), path)
        assert not [word for word in everybody if word in hidden]
        assert "cannot see one another" in hidden
    with writing(world.sessions) as session:
        session.execute(update(Process).values(open_seats=True))
    assert all(name in names_on(visit("liaison@telco"), path) for name in everybody)


def test_without_a_seat_it_does_not_exist(world: World, visit: Visit, process: Process) -> None:
    absent = visit("liaison@bank").get("/processes/S-26-ZZZZZZ")
    for name in ("liaison@bank", "coordinator@peace", "analyst@cert", "steward@portal"):
        hidden = visit(name).get(f"/processes/{process.ref}")
        assert (hidden.status, process.ref in hidden.text) == (404, False), name
        assert "Ledgerfall" not in visit(name).get("/processes/").words
    hidden = visit("liaison@bank").get(f"/processes/{process.ref}")
    assert hidden.words == absent.words
    with writing(world.sessions) as session, pytest.raises(NotFound):
        processes.read(session, world.actors["liaison@bank"], process.ref, NOW)


def test_an_empty_list_says_what_to_do_next(visit: Visit) -> None:
    assert "Open a process, add the parties" in visit("mediator@peace").get("/processes/").words
    page = visit("liaison@telco").get("/processes/")
    assert "Ask your mediator" in page.words
    assert page.page.select_one("main a.btn") is None, "no button where it would be refused"


def test_the_list_has_what_is_under_way_before_what_is_closed(
    world: World, visit: Visit, process: Process
) -> None:
    with writing(world.sessions) as session:
        actor = world.actors["mediator@peace"]
        opened_process(session, world, "telco", cover_name="Second table", at=NOW - DAY)
        processes.close(session, actor, process.ref, NOW)
        opened_process(session, world, "telco", cover_name="Third table", at=NOW)
    page = visit("liaison@telco").get("/processes/").page
    rows = [tag.get_text(" ", strip=True) for tag in page.select(".go-rows > li")]
    assert [row.split(" S-26")[0] for row in rows] == [
        "Third table", "Second table", "Ledgerfall talks",
    ]  # fmt: skip
    assert rows[2].endswith("closed")
    assert rows[0].endswith("preparation")


def test_the_timeline_has_phases_and_what_is_tied_newest_first(
    world: World, process: Process
) -> None:
    with writing(world.sessions) as session:
        actor = world.actors["mediator@peace"]
        processes.begin_talks(session, actor, process.ref, NOW - 20 * DAY)
        sent_to(session, world, process, title="A wiper", at=NOW - 3 * DAY)
        tied = promised(world, session, 1, process_id=process.id, published_at=NOW - 2 * DAY)
        named = promised(world, session, 2, published_at=NOW - 4 * DAY)
        session.add(Recipient(commitment_id=named.id, process_id=process.id))
        promised(world, session, 3, title="Of another table")
        assert tied.process_id == process.id
    expected = [
        ("commitment", "Promise 1", "in-force"),
        ("notice", "A wiper", "open"),
        ("commitment", "Promise 2", "in-force"),
        ("phase", "", "talks"),
        ("opened", "", "preparation"),
    ]
    assert timeline(world, "liaison@telco", process) == expected
    assert timeline(world, "liaison@cloud", process) == expected, "the addressee"
    assert timeline(world, "mediator@peace", process) == expected[1:], "a tie opens nothing"
    assert timeline(world, "observer@un", process) == expected[1:]


def test_each_entry_leads_to_its_page_with_marking_and_state(
    world: World, visit: Visit, process: Process
) -> None:
    with writing(world.sessions) as session:
        notice = sent_to(session, world, process, title="A wiper", at=NOW - 3 * DAY)
        promise = promised(world, session, 1, process_id=process.id)
        addresses = [f"/commitments/{promise.ref}", f"/notices/{notice.ref}"]
    page = visit("liaison@cloud").get(f"/processes/{process.ref}").page
    entries = page.select(".go-timeline > li")
    assert [link["href"] for link in page.select(".go-timeline a")] == addresses
    words = [" ".join(entry.get_text(" ").split()) for entry in entries]
    assert words[0].startswith("TLP:AMBER+STRICT Commitment Promise 1 in force")
    assert words[1].startswith("TLP:AMBER+STRICT Notice A wiper open")
    assert words[2].startswith("Opened preparation")


def test_what_is_hidden_leaves_no_trace_in_the_timeline(
    world: World, visit: Visit, process: Process
) -> None:
    with writing(world.sessions) as session:
        secret = sent_to(session, world, process, title="Not for the cloud", tlp="AMBER")
        less = Recipient(
            notice_id=secret.id, organisation_id=world.organisations["cloud"].id, excepted=True
        )
        session.add(less)
        draft = {"state": CommitmentState.DRAFT, "published_at": None}
        promised(world, session, 1, process_id=process.id, title="Not yet out", **draft)
    page = visit("liaison@cloud").get(f"/processes/{process.ref}")
    assert secret.ref not in page.text
    shown = page.page.select("main section")[-1].get_text()
    assert not [title for title in ("Not for the cloud", "Not yet out") if title in shown]
    assert timeline(world, "liaison@cloud", process) == [("opened", "", "preparation")]
    assert [row[0] for row in timeline(world, "mediator@peace", process)] == ["notice", "opened"]
    assert ("commitment", "Not yet out", "draft") in timeline(world, "liaison@telco", process)


def test_a_withdrawn_notice_keeps_its_place_without_its_title(
    world: World, visit: Visit, process: Process
) -> None:
    with writing(world.sessions) as session:
        notice = sent_to(session, world, process, title="An error")
        author = world.actors["liaison@telco"]
        notices.withdraw(session, author, notice.ref, why="It was wrong.", now=NOW)
    page = visit("mediator@peace").get(f"/processes/{process.ref}")
    assert "Withdrawn notice" in page.words
    assert "An error" not in page.words
    assert "An error" in visit("liaison@telco").get(f"/processes/{process.ref}").words


def test_it_is_grouped_by_month_in_the_readers_zone(
    world: World, visit: Visit, process: Process
) -> None:
    with writing(world.sessions) as session:
        midnight = NOW.replace(month=10, day=31, hour=23, minute=30)
        sent_to(session, world, process, title="At the end of October", at=midnight)
    for name, months in (
        ("mediator@peace", ["November 2026", "October 2026"]),
        ("observer@un", ["October 2026"]),
    ):
        page = visit(name).get(f"/processes/{process.ref}").page
        assert [tag.get_text() for tag in page.select("main section h3")] == months, name


def test_it_is_cut_at_fifty(world: World, process: Process) -> None:
    with writing(world.sessions) as session:
        for n in range(52):
            at = NOW - 20 * DAY + timedelta(hours=n)
            sent_to(session, world, process, title=f"Notice {n}", at=at)
    found = timeline(world, "mediator@peace", process)
    assert [name for _what, name, _state in found] == [f"Notice {n}" for n in range(51, 1, -1)]


def test_who_moved_it_is_not_told_to_those_who_may_not_see_the_seats(
    world: World, visit: Visit, process: Process
) -> None:
    with writing(world.sessions) as session:
        processes.agree(session, world.actors["mediator@peace"], process.ref, NOW)
    main = visit("liaison@telco").get(f"/processes/{process.ref}").page.main
    assert main is not None
    assert "Mediator" not in main.get_text()


def test_reading_is_kept_in_the_trail_without_any_content(
    world: World, visit: Visit, process: Process
) -> None:
    visit("liaison@telco").get(f"/processes/{process.ref}")
    with reading(world.sessions) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "read")).one()
        assert (event.resource_type, event.ref, event.detail) == ("processes", process.ref, {})
    trail = visit("steward@portal").get("/steward/read-trail").words
    assert process.ref in trail, "the envelope"
    assert "Ledgerfall" not in trail
