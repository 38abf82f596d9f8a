"""What is ticked in the list of dialogues: reminded and exported, each as the policy allows."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from portal.db import reading, writing
from portal.rules import EXPORT
from portal.rules.dialogues import DIALOGUES
from tests.cast import World
from tests.commitments.exported import csv_of
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.poll_builders import BANK, CLOUD, COLLEAGUE, TELCO, answered, notified, polled
from tests.pages import Visitor

Come = Callable[..., Visitor]


def three(world: World) -> list[str]:
    """An open one whose poll Cloud has answered, one of Bank, and a draft of the organisers."""
    open_to_all = {"rule": "open", "tlp": "GREEN"}
    with writing(world.sessions) as session:
        first = polled(session, world, "telco", "cloud", title="Open", **open_to_all)
        answered(session, world, first, CLOUD, "yes", "no", "if-need-be")
        second = polled(session, world, "bank", "telco", title="Of Bank")
        return [first.ref, second.ref, drafted(session, world, title="Canary").ref]


@pytest.mark.both_engines
def test_delegations_are_reminded_of_each_and_the_page_says_how_many(
    world: World, come: Come
) -> None:
    refs = three(world)
    organiser = come(ORGANISER)
    listed = organiser.get("/dialogues/")
    assert len(listed.page.select("input[name=ref][form=selected]")) == 3
    after = organiser.follow(organiser.post("/dialogues/selected/remind", {"ref": refs}))
    assert "3 reminders sent." in after.words
    assert "1 selected row was left out" in after.words
    assert notified(world, refs[0], "remind") == [COLLEAGUE, TELCO]
    again = organiser.follow(organiser.post("/dialogues/selected/remind", {"ref": refs}))
    assert "0 reminders sent." in again.words
    come(TELCO).post("/dialogues/selected/remind", {"ref": refs})
    assert notified(world, refs[0], "remind") == [COLLEAGUE, TELCO]


def test_who_reads_and_is_not_at_the_table_takes_nothing_along(world: World, come: Come) -> None:
    refs = three(world)
    query = "&".join(f"ref={ref}" for ref in refs)
    page = come(BANK).get(f"/dialogues/selected?{query}")
    assert "1 of what was selected cannot be shown." in page.words
    assert "1 selected row cannot be exported and is left out of the file." in page.words
    rows = csv_of(come(BANK).get(f"/dialogues/selected.csv?{query}"))
    assert [row["Dialogue"] for row in rows] == ["Of Bank"]
    with reading(world.sessions) as session:
        mine = AuditEvent.resource_type == DIALOGUES.name, AuditEvent.verb == EXPORT
        events = list(session.scalars(select(AuditEvent.ref).where(*mine)))
    assert events == [refs[1]], "each by itself: the trail keeps back who takes part in some"


def test_history_says_what_became_of_it(world: World, come: Come) -> None:
    ref = three(world)[0]
    (organisers, outside) = (come(who).get(f"/dialogues/{ref}") for who in (ORGANISER, BANK))
    assert "Times were proposed on" in outside.words
    assert "The draft was created on" in organisers.words
    assert "The draft was created on" not in outside.words
