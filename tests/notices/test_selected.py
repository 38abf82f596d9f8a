"""What is ticked in the list of notices: reminded and exported, each as the policy allows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from models.notices import Notice
from portal import notices
from portal.clock import now
from portal.db import reading, writing
from portal.ledger import audit
from portal.rules import EDIT, EXPORT, NOTICES, REMIND
from tests.cast import World
from tests.commitments.exported import csv_of
from tests.factories import drafted, published
from tests.notices.test_remind import CERT, COORDINATOR, MEDIATOR, TELCO, notified
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def four(world: World) -> list[str]:
    """Two of Telco, one of Cloud that Telco reads, and a draft that it does not know of."""
    at = now() - timedelta(days=1)
    with writing(world.sessions) as session:
        first = published(session, world, "peace", "cert", at=at, title="First").ref
        notices.acknowledge(session, world.actors[MEDIATOR], first, at)
        second = published(session, world, "cert", at=at, title="Second").ref
        of_cloud = {"by": "liaison@cloud", "at": at, "acknowledge_by_at": None}
        theirs = published(session, world, "telco", title="Of Cloud", **of_cloud).ref
        hidden = drafted(session, world, "telco", title="Canary", **of_cloud).ref
        return [first, second, theirs, hidden]


def trail(world: World, verb: str) -> list[AuditEvent]:
    with reading(world.sessions) as session:
        mine = AuditEvent.resource_type == NOTICES.name, AuditEvent.verb == verb
        return list(session.scalars(select(AuditEvent).where(*mine)))


@pytest.mark.both_engines
def test_each_is_reminded_as_the_policy_allows_and_the_page_says_how_many(
    world: World, visit: Visit
) -> None:
    refs = four(world)
    telco = visit(TELCO)
    listed = telco.get("/notices/")
    assert len(listed.page.select("input[type=checkbox][name=ref][form=selected]")) == 3
    page = telco.get("/notices/selected?" + "&".join(f"ref={ref}" for ref in refs))
    titles = [tag.get_text() for tag in page.page.select("main tbody th a")]
    assert titles == ["First", "Second", "Of Cloud"]
    assert "1 of what was selected cannot be shown." in page.words
    assert "1 selected row is left out of the reminders." in page.words
    after = telco.follow(telco.post("/notices/selected/remind", {"ref": refs}))
    assert "3 reminders sent." in after.words
    assert "1 selected row was left out" in after.words
    assert notified(world) == [CERT, CERT, COORDINATOR]
    assert len(trail(world, REMIND)) == 2
    again = telco.follow(telco.post("/notices/selected/remind", {"ref": refs}))
    assert "0 reminders sent." in again.words
    assert "3 selected rows were left out" in again.words
    assert notified(world) == [CERT, CERT, COORDINATOR], "once in 20 hours, however it is asked"


def test_what_is_hidden_is_in_no_table_and_what_is_taken_is_in_the_trail(
    world: World, visit: Visit
) -> None:
    refs = four(world)
    query = "&".join(f"ref={ref}" for ref in [*refs, "N-26-000000"])
    rows = csv_of(visit(TELCO).get(f"/notices/selected.csv?{query}"))
    assert [row["Notice"] for row in rows] == ["First", "Second", "Of Cloud"]
    assert {row["Marking"] for row in rows} == {"TLP:AMBER+STRICT"}
    (event,) = trail(world, EXPORT)
    assert event.detail["rows"] == 3
    cert = visit(CERT).get(f"/notices/selected?{query}")
    assert "3 of what was selected cannot be shown." in cert.words, "absent and hidden look alike"
    assert "Canary" not in cert.text
    assert "Nothing is selected" in visit(CERT).get("/notices/selected").words


@pytest.mark.both_engines
def test_reminders_of_many_do_not_keep_the_trail_from_whoever_has_one_in_hand(world: World) -> None:
    """They took the trail with the first notice and waited for the second; its author, who had
    that one, waited for the trail."""
    first, second, *_others = four(world)
    telco = world.actors[TELCO]
    with ThreadPoolExecutor(1) as pool:
        with writing(world.sessions) as author:
            held = author.scalars(select(Notice).where(Notice.ref == second)).one()
            held.changed_at = now()
            author.flush()
            reminded = pool.submit(remind, world, [first, second])
            sleep(0.5)  # enough for them to come as far as they can
            audit(author, telco, EDIT, NOTICES, held, now())
        assert reminded.result() == (3, 0)


def remind(world: World, refs: list[str]) -> tuple[int, int]:
    """Telco reminds of these notices."""
    with writing(world.sessions) as session:
        return notices.remind_selected(session, world.actors[TELCO], refs, now())
