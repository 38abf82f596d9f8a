"""E-mails about a dialogue carry an entry for calendars, and no content above GREEN."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from portal import dialogues
from portal.db import writing
from portal.delivery import deliver
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    LOCAL,
    PAPER,
    TELCO,
    answered,
    answers_to,
    entry,
    event,
    invited,
    method,
    move,
    posted,
    reply,
    take,
)
from tests.jobs.test_delivery import Memory


def test_called_off_is_taken_out_of_all_calendars(world: World) -> None:
    ref = answered(world, TELCO)
    before = answers_to(posted(world, ref)[TELCO][-1])
    with writing(world.sessions) as session:
        actor = world.actors[ORGANISER]
        dialogues.cancel(session, actor, ref, why="Ill health.", now=NOW + DAY)
    emails = posted(world, ref, NOW + DAY)
    assert {who: [method(one) for one in many] for who, many in emails.items()} == {
        ORGANISER: ["CANCEL"],  # whoever calls it off has it in her calendar too
        TELCO: ["CANCEL"],
        COLLEAGUE: [""],  # answers for a delegation, and was invited to nothing
        CLOUD: [""],
    }
    off = event(emails[TELCO][0])
    assert (off["SEQUENCE"], off["STATUS"]) == (1, "CANCELLED")
    assert answers_to(emails[TELCO][0]) == before
    assert not take(world, reply(world, ref, TELCO, "declined", sequence=1))


def test_an_invitation_that_waited_until_it_was_called_off_does_not_go(world: World) -> None:
    ref = invited(world)
    with writing(world.sessions) as session:
        dialogues.cancel(session, world.actors[ORGANISER], ref, why="Ill.", now=NOW)
    emails = posted(world, ref)
    methods = {method(one) for many in emails.values() for one in many}
    assert methods <= {"CANCEL", ""}


@pytest.mark.parametrize(
    ("rule", "tlp", "shown"), [("limited", "AMBER+STRICT", False), ("open", "GREEN", True)]
)
def test_above_green_a_email_holds_reference_place_and_way_in_alone(
    world: World, rule: str, tlp: str, shown: bool
) -> None:
    content = {"title": "Canary talks", "purpose": "The canary sings."}
    way = {"place": "Room 4", "link": "https://meet.example/4"}
    ref = invited(world, TELCO, COLLEAGUE, rule=rule, tlp=tlp, **content, **way)
    move(world, ref, local=LOCAL + DAY)
    emails = [one for many in posted(world, ref).values() for one in many]
    emails += [one for many in posted(world, ref, NOW + DAY).values() for one in many]
    entries = [one for one in emails if entry(one) is not None]
    assert len(entries) == 6, "invited and moved, for three"
    for email in emails:
        body = email.get_body(("plain",))
        assert body is not None
        assert shown == ("Canary talks" in str(email["Subject"]))
        assert shown == ("Canary talks" in body.get_content())
    for email in entries:
        held = event(email)
        assert (str(held["LOCATION"]), str(held["URL"])) == ("Room 4", "https://meet.example/4")
        assert str(held["SUMMARY"]) == ("Canary talks" if shown else ref)
        assert shown == ("canary" in str(held["DESCRIPTION"]))
        assert f"/dialogues/{ref}" in str(held["DESCRIPTION"])
        assert ("CLASS" in held) != shown
        people = {"Telco liaison", "Telco colleague", "Coordinator"}
        (others,) = [people - {str(held["ATTENDEE"].params["CN"])}]
        whole = entry(email).to_ical().decode()
        assert not [one for one in others if one in whole]


def test_an_address_that_no_calendar_takes_gets_the_email_alone(world: World) -> None:
    ref = invited(world)
    with writing(world.sessions) as session:
        # Kept before addresses had a normal form: nobody can enter one of this sort any more.
        session.execute(
            text("UPDATE people SET email = :email WHERE id = :key"),
            {"email": '"liaison one"@telco.example', "key": world.actors[TELCO].person_id},
        )
    emails = posted(world, ref)
    (email,) = [one for who, many in emails.items() if "one" in who for one in many][-1:]
    assert entry(email) is None


def test_without_a_place_for_answers_emails_go_without_an_entry(world: World) -> None:
    ref = invited(world)
    post = Memory()
    deliver(world.sessions, post, replace(PAPER, reply_to=None), NOW)
    emails = [one for one in post.emails if ref in one["Subject"]]
    assert emails
    assert all(entry(one) is None for one in emails)
