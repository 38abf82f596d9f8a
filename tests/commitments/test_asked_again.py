"""What was reported meanwhile can shut an amendment: it is refused, and requested again from today.

Nothing that was typed is lost, and nothing that was reported is.
"""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from models.commitments import Amendment, Commitment, Step
from portal import commitments
from portal.commitments import StepText
from portal.db import reading, writing
from portal.errors import NotFound, Refused
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, reported
from tests.commitments.test_amend import CERT, CLOUD, DAY, FIRST, TELCO, THEN, amend, asked
from tests.commitments.trail import again, dues
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
LAST = StepText("Last", date(2026, 12, 30))
LATER = StepText("Then", date(2026, 12, 24))
STEPS = {"due_on": None, "steps": (FIRST, THEN)}


def shut(world: World, *steps: StepText, **said: str) -> tuple[str, int]:
    """Telco asks for these steps, and then reports on both that there are; reference and key."""
    with writing(world.sessions) as session:
        one = agreed(session, world, **STEPS)
        amend(session, world, one, due_on=None, steps=steps, **said)
        for number in (1, 2):
            reported(session, world, one.ref, Step.MINIMAL, milestone=number)
        return one.ref, asked(session, one)[0].id


def links(answer: Answer) -> list[str]:
    """Where the links of a page lead."""
    return [str(link["href"]) for link in answer.page.select("main a[href]")]


def refused(world: World, ref: str) -> None:
    with writing(world.sessions) as session:
        commitments.refuse(session, world.actors[CLOUD], ref, NOW)


def test_whoever_cannot_agree_is_led_to_a_new_request_that_can_be_agreed_to(
    world: World, visit: Visit
) -> None:
    ref, key = shut(world, FIRST, body="All teams.")
    cloud = visit(CLOUD)
    form = cloud.get(f"/commitments/{ref}/consent").form()
    page = cloud.post(f"/commitments/{ref}/consent", form)
    assert page.status == 422
    assert "A milestone that has been reported on cannot be removed." in page.words
    way = f"/commitments/{ref}/refuse?like={key}"
    assert way in links(page)
    assert not page.page.select("main form"), "what was refused is not offered again"
    page = cloud.follow(cloud.post(way, cloud.get(way).form()))
    form = page.form()
    assert (form["body"], form["why"]) == (["All teams."], [""]), "the reason was theirs"
    assert form["steps-0-title"] == ["First"]
    assert form["steps-1-title"] == ["Then"], "what was reported on stays"
    assert "Milestones that were reported on stay." in page.words
    answer = cloud.post(f"/commitments/{ref}/amend?like={key}", form | {"why": ["As you asked."]})
    cloud.follow(answer)
    with writing(world.sessions) as session:
        commitments.consent(session, world.actors[TELCO], ref, NOW + DAY)
        one = session.scalars(select(Commitment).where(Commitment.ref == ref)).one()
        assert [day.title for day in dues(session, one)] == ["First", "Then"]
        assert again(session, one).body == "All teams."


def test_whoever_asked_takes_up_what_was_refused_with_their_reason(
    world: World, visit: Visit
) -> None:
    ref, key = shut(world, FIRST, LAST)
    telco = visit(TELCO)
    way = f"/commitments/{ref}/amend?like={key}"
    assert way not in links(telco.get(f"/commitments/{ref}")), "it is open still"
    refused(world, ref)
    assert way in links(telco.get(f"/commitments/{ref}"))
    form = telco.get(way).form()
    assert form["why"] == ["Clearer."]
    assert [form[f"steps-{n}-title"] for n in range(3)] == [["First"], ["Then"], ["Last"]]


@pytest.mark.parametrize(
    ("steps", "then"),
    [
        ((), (FIRST, THEN)),
        ((FIRST,), (FIRST, THEN)),
        ((LAST,), (FIRST, THEN, LAST)),
        ((LAST, FIRST, LATER), (FIRST, LATER, LAST)),
    ],
    ids=["none", "without one", "another", "pushed on, and another day"],
)
def test_what_was_reported_on_stands_in_its_place_again(
    world: World, steps: tuple[StepText, ...], then: tuple[StepText, ...]
) -> None:
    ref, key = shut(world, *steps, body="All teams.")
    refused(world, ref)
    with writing(world.sessions) as session:
        telco = world.actors[TELCO]
        text, _why = commitments.asked_again(session, telco, ref, key, NOW)
        assert text.steps == then
        one = session.scalars(select(Commitment).where(Commitment.ref == ref)).one()
        values = {"text": text, "why": "Again.", "version": one.version, "now": NOW}
        commitments.amend(session, telco, ref, **values)
        commitments.consent(session, world.actors[CLOUD], ref, NOW)
        kept = [StepText(day.title, day.due_on, day.weight) for day in dues(session, one)]
        assert tuple(kept) == then


def test_a_step_that_is_met_stays_on_its_day(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, **STEPS)
        moved = StepText("First", date(2026, 12, 12), 5)
        amend(session, world, one, due_on=None, steps=(LAST, moved))
        found(session, world, one.ref, milestone=1)
        commitments.refuse(session, world.actors[CLOUD], one.ref, NOW)
        key = asked(session, one)[0].id
        text, _why = commitments.asked_again(session, world.actors[TELCO], one.ref, key, NOW)
        assert text.steps == (FIRST, LAST)


def test_what_was_agreed_on_since_stays(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        amend(session, world, one, body="All teams.")
        commitments.refuse(session, world.actors[CLOUD], one.ref, NOW)
        amend(session, world, one, title="Tell them all", now=NOW + DAY)
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW + DAY)
        key = asked(session, one)[0].id
        text, _why = commitments.asked_again(session, world.actors[TELCO], one.ref, key, NOW)
        assert (text.title, text.body) == ("Tell them all", "All teams.")


def test_only_a_party_takes_up_a_request_and_only_one_of_this_commitment(world: World) -> None:
    ref, key = shut(world, FIRST)
    refused(world, ref)
    with reading(world.sessions) as session:
        for who, number, error in (
            (CERT, key, Refused),
            ("liaison@bank", key, NotFound),
            (TELCO, key + 1, NotFound),
        ):
            with pytest.raises(error):
                commitments.asked_again(session, world.actors[who], ref, number, NOW)
        assert session.get_one(Amendment, key).answer == "refused"
