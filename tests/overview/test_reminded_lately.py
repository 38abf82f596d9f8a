"""Within 20 hours of a reminder none is offered: pages say from when the next can go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete

from models.dialogues import SlotAnswer
from portal.db import writing
from portal.ladders import next_reminder, reminded_lately
from tests.cast import NOW, World
from tests.commitments.builders import agreed, reported
from tests.dialogues.builders import ORGANISER
from tests.dialogues.poll_builders import CLOUD, answered, polled
from tests.factories import published
from tests.pages import Answer, Visitor

Come = Callable[..., Visitor]
TELCO = "liaison@telco"
HOURS, SECOND = timedelta(hours=20), timedelta(seconds=1)
NEXT = "The next one can be sent from"
# The moment from which the next one can go, for machines.
FROM = f'datetime="{(NOW + HOURS).isoformat(timespec="minutes")}"'


def offers(page: Answer, path: str) -> bool:
    """Whether a page has the button."""
    return bool(page.page.select(f'form[action="{path}"]'))


def waits(page: Answer) -> bool:
    """Whether a page says that the next reminder has to wait, and from when it can go."""
    return NEXT in page.words and FROM in page.text


def test_the_next_one_can_go_twenty_hours_after_the_last() -> None:
    assert next_reminder(None, NOW) is None
    assert next_reminder(NOW, NOW + HOURS - SECOND) == NOW + HOURS
    assert next_reminder(NOW, NOW + HOURS) is None
    for at in (NOW, NOW + HOURS - SECOND, NOW + HOURS):
        assert reminded_lately(NOW, at) == (next_reminder(NOW, at) is not None)


def check_button(come: Come, who: str, path: str, *pages: str) -> None:
    """The button stands on the pages until it is pressed, and again after twenty hours."""
    visitor = come(who, NOW)
    for page in pages:
        assert offers(visitor.get(page), path), page
        assert not waits(visitor.get(page)), page
    visitor.follow(visitor.post(path))
    for at, sent in ((NOW, True), (NOW + HOURS - SECOND, True), (NOW + HOURS, False)):
        visitor = come(who, at)
        for page in pages:
            answer = visitor.get(page)
            assert (offers(answer, path), waits(answer)) == (not sent, sent), (page, at)


def test_of_a_commitment(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world).ref
        reported(session, world, ref)
    check_button(come, TELCO, f"/commitments/{ref}/remind", "/", f"/commitments/{ref}")
    # By whomever it was sent.
    assert waits(come("colleague@telco", NOW).get(f"/commitments/{ref}"))


def test_of_a_poll(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world, "telco", "cloud").ref
    pages = ("/", f"/dialogues/{ref}", f"/dialogues/{ref}/read-answers")
    check_button(come, ORGANISER, f"/dialogues/{ref}/remind", *pages)


def test_a_delegation_that_was_never_reminded_can_be_at_once(world: World, come: Come) -> None:
    path = "/dialogues/{}/remind"
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco", "cloud")
        answered(session, world, dialogue, CLOUD, "yes", "no", "no")
        ref = dialogue.ref
    organiser = come(ORGANISER, NOW)
    organiser.follow(organiser.post(path.format(ref)))
    assert not offers(organiser.get("/"), path.format(ref))
    with writing(world.sessions) as session:
        session.execute(delete(SlotAnswer))
    for page in ("/", f"/dialogues/{ref}"):
        assert offers(organiser.get(page), path.format(ref)), page


def test_where_nobody_is_left_to_remind_no_page_offers_it(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "cloud")
        answered(session, world, dialogue, CLOUD, "yes", "no", "no")
        ref = dialogue.ref
    for page in (f"/dialogues/{ref}", f"/dialogues/{ref}/read-answers"):
        assert not offers(come(ORGANISER, NOW).get(page), f"/dialogues/{ref}/remind")
    chosen = come(ORGANISER, NOW).get(f"/dialogues/selected?ref={ref}")
    assert not offers(chosen, "/dialogues/selected/remind")


@pytest.mark.both_engines
def test_of_what_is_ticked_in_a_list(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world, "telco", "cloud").ref
    page = f"/dialogues/selected?ref={ref}"
    organiser = come(ORGANISER, NOW)
    assert offers(organiser.get(page), "/dialogues/selected/remind")
    organiser.post("/dialogues/selected/remind", {"ref": ref})
    assert waits(organiser.get(page))
    assert not offers(organiser.get(page), "/dialogues/selected/remind")
    assert offers(come(ORGANISER, NOW + HOURS).get(page), "/dialogues/selected/remind")


def test_of_a_notice_the_receipts_say_so_of_each_person(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "cert").ref
    author = come(TELCO, NOW)
    author.post(f"/notices/{ref}/remind", {"all": "1"})
    receipts = author.get(f"/notices/{ref}/read-ledger")
    assert waits(receipts)
    assert not offers(receipts, f"/notices/{ref}/remind")
    assert waits(author.get("/")), "whom to remind is chosen on the receipts, which stay at hand"
    later = come(TELCO, NOW + HOURS)
    assert offers(later.get(f"/notices/{ref}/read-ledger"), f"/notices/{ref}/remind")
    for page in (later.get(f"/notices/{ref}/read-ledger"), later.get("/")):
        assert NEXT not in page.words
