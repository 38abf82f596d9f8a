"""An organisation with nobody able to answer is said to be so at the choice, and is not asked."""

from collections.abc import Callable

from sqlalchemy import update

from models.dialogues import Delegation
from models.stakeholders import Membership
from portal.db import writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.later_builders import side_of
from tests.dialogues.poll_builders import polled
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
SILENT = "(nobody there can respond yet)"


def emptied(world: World, home: str) -> None:
    """Everybody who was of the organisation has left it."""
    with writing(world.sessions) as session:
        there = Membership.organisation_id == world.organisations[home].id
        session.execute(update(Membership).where(there).values(ends_at=NOW))


def label(page: Visitor, path: str, name: str) -> str:
    """The words of the first option with this name."""
    options = page.get(path).page.select("option")
    return next(one.text for one in options if one.text.startswith(name))


def test_it_is_said_where_a_delegation_is_chosen_and_on_the_page(
    world: World, visit: Visit
) -> None:
    emptied(world, "cloud")
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    coordinator = visit(ORGANISER)
    assert SILENT in label(coordinator, f"/dialogues/{ref}/seat", "Cloud")
    assert SILENT not in label(coordinator, f"/dialogues/{ref}/seat", "Telco")
    form = coordinator.get(f"/dialogues/{ref}/seat").form()
    form["delegations-1-organisation"] = [str(world.organisations["cloud"].id)]
    page = coordinator.follow(coordinator.post(f"/dialogues/{ref}/seat", form))
    assert "Nobody can respond for 1 delegation, so it is not asked" in page.words
    assert "Not asked: nobody there can respond for this delegation." in page.words
    again = coordinator.get(f"/dialogues/{ref}/seat")
    assert "Name a contact there." in again.words
    assert again.page.select_one("select[name=delegations-1-contact]")


def test_a_poll_counts_it_apart_and_asks_nobody_again_for_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world, "telco", "cloud").ref
    emptied(world, "cloud")
    coordinator = visit(ORGANISER)
    page = coordinator.get(f"/dialogues/{ref}")
    assert "0 of 1 delegations have responded to all times." in page.words
    assert "Not asked, because nobody there can respond: Cloud" in page.words
    answers = coordinator.get(f"/dialogues/{ref}/read-answers")
    assert "Not asked, because nobody there can respond: Cloud" in answers.words
    assert (
        "Cloud" not in answers.page.select_one("main table, main").text.split("Best times first")[1]
    )


def test_a_contact_gives_it_a_voice(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco", "un")
        ref, side = dialogue.ref, side_of(session, world, dialogue, "un").id
    coordinator = visit(ORGANISER)
    assert "Not asked: nobody there can respond" in coordinator.get(f"/dialogues/{ref}").words
    with writing(world.sessions) as session:
        contact = {"contact_id": world.actors["observer@un"].person_id}
        session.execute(update(Delegation).where(Delegation.id == side).values(**contact))
    assert "Not asked: nobody there can respond" not in coordinator.get(f"/dialogues/{ref}").words


def test_recipients_and_parties_of_commitments_say_it_too(world: World, visit: Visit) -> None:
    emptied(world, "cloud")
    liaison = visit("liaison@telco")
    for path in ("/notices/new", "/commitments/new"):
        words = liaison.get(path).words
        assert f"Cloud {SILENT}" in words, path
        assert f"Bank {SILENT}" not in words, path
