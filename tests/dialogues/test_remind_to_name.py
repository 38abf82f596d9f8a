"""Delegations that have named nobody wait for organisers, who remind them, once in 20 hours."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.dialogues import Delegation, Dialogue
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused
from portal.overview import first_page
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.invitation_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    TELCO,
    convened,
    invited,
    name,
    posted,
)
from tests.dialogues.poll_builders import notified
from tests.mail import text_of
from tests.pages import Visitor

Come = Callable[..., Visitor]
HOURS = timedelta(hours=20)
SECOND = timedelta(seconds=1)


def waits(
    world: World, ref: str, at: datetime = NOW, who: str = ORGANISER
) -> list[tuple[str, str]]:
    """What of a dialogue waits for others, for this person: the verb, and of whom."""
    with reading(world.sessions) as session:
        others = first_page(session, world.actors[who], at).others
        return [(row.verb, row.organisation) for row in others if row.ref == ref]


def remind(world: World, ref: str, at: datetime = NOW, by: str = ORGANISER) -> int:
    with writing(world.sessions) as session:
        return dialogues.remind_to_name(session, world.actors[by], ref, at)


def starts_at(world: World, ref: str) -> datetime:
    with reading(world.sessions) as session:
        at = session.scalars(select(Dialogue.starts_at).where(Dialogue.ref == ref)).one()
        assert at is not None
        return at


def test_delegations_without_names_wait_for_the_organisers_until_it_begins(world: World) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world).ref
    both = [("remind-to-name", "Cloud, Telco")]
    assert [(verb, ", ".join(sorted(whom.split(", ")))) for verb, whom in waits(world, ref)] == both
    assert waits(world, ref, who=TELCO) == waits(world, ref, who="mediator@peace") == []
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE)
    assert waits(world, ref) == [("remind-to-name", "Cloud")]
    assert waits(world, ref, starts_at(world, ref)) == []
    with writing(world.sessions) as session:
        name(session, world, ref, CLOUD, by=CLOUD)
    assert waits(world, ref) == []


def test_a_delegation_for_which_nobody_can_respond_is_not_waited_for(world: World) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, "un").ref
    assert waits(world, ref) == []
    with pytest.raises(Refused):
        remind(world, ref)


def test_those_who_answer_for_them_are_reminded_and_nobody_else(world: World) -> None:
    ref = invited(world, COLLEAGUE)
    assert remind(world, ref) == 1
    assert notified(world, ref, "remind-to-name") == [CLOUD]
    with reading(world.sessions) as session:
        asked = {row.reminded_at for row in session.scalars(select(Delegation))}
    assert asked == {NOW, None}
    (email,) = [one for one in posted(world, ref)[CLOUD] if "reminder" in str(one["Subject"])]
    assert f"/dialogues/{ref}/name" in text_of(email)


def test_the_reminder_goes_to_nobody_who_has_named_somebody_meanwhile(world: World) -> None:
    ref = invited(world, COLLEAGUE)
    remind(world, ref)
    with writing(world.sessions) as session:
        name(session, world, ref, CLOUD, by=CLOUD)
    subjects = [str(one["Subject"]) for one in posted(world, ref)[CLOUD]]
    assert not [subject for subject in subjects if "reminder" in subject]


def test_nobody_is_reminded_twice_within_twenty_hours(world: World) -> None:
    ref = invited(world, COLLEAGUE)
    remind(world, ref)
    with pytest.raises(Invalid, match="remind"):
        remind(world, ref, NOW + HOURS - SECOND)
    assert remind(world, ref, NOW + HOURS) == 1


def test_only_organisers_remind_and_only_while_somebody_is_missing(world: World) -> None:
    with writing(world.sessions) as session:
        draft, ref = drafted(session, world, "telco").ref, convened(session, world).ref
    for by, error in ((TELCO, Refused), ("liaison@bank", NotFound)):
        with pytest.raises(error):
            remind(world, ref, by=by)
    with pytest.raises(Refused):
        remind(world, draft)
    with pytest.raises(Refused):
        remind(world, ref, starts_at(world, ref))


def test_the_page_and_the_overview_remind_and_then_say_when_the_next_can_go(
    world: World, come: Come
) -> None:
    ref = invited(world, COLLEAGUE)
    organiser = come(ORGANISER)
    words = "Remind delegations without participants"
    assert words in organiser.get(f"/dialogues/{ref}").words
    page = organiser.get("/")
    assert "waiting for Cloud to name participants" in page.words
    form = page.form(f"/dialogues/{ref}/remind-to-name")
    page = organiser.follow(organiser.post(f"/dialogues/{ref}/remind-to-name", form))
    assert "1 delegation has been reminded." in page.words
    said = "The next one can be sent from"
    for path in ("/", f"/dialogues/{ref}"):
        page = organiser.get(path)
        assert said in page.words
        assert "remind-to-name" not in page.text, "what would be refused is not offered"
    later = come(ORGANISER, NOW + HOURS)
    assert words in later.get(f"/dialogues/{ref}").words
    assert said not in later.get("/").words


def test_whoever_was_reminded_of_the_poll_is_not_reminded_again_at_once(world: World) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, "cloud").ref
        session.query(Delegation).update({"reminded_at": NOW - DAY / 2})
    with pytest.raises(Invalid):
        remind(world, ref)
