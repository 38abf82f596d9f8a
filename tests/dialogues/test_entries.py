"""E-mails about a dialogue carry an entry for calendars, and no content above GREEN."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from portal.db import writing
from portal.delivery import deliver
from tests.cast import NOW, World
from tests.dialogues.invitation_builders import (
    COLLEAGUE,
    DAY,
    LOCAL,
    PAPER,
    TELCO,
    entry,
    event,
    invited,
    move,
    posted,
)
from tests.jobs.test_delivery import Memory
from tests.mail import html_of, text_of


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
        assert shown == ("Canary talks" in str(email["Subject"]))
        assert shown == ("Canary talks" in text_of(email))
        assert shown == ("Canary talks" in html_of(email))
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
