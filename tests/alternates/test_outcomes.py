"""How it went reaches the alternate who did it; what waited for one who may not have it returns."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.dialogues import Confidentiality
from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal import alternates, contacts, dialogues, notices
from portal.db import reading, writing
from portal.delivery import deliver
from portal.email_composition import composed
from portal.emails import write
from portal.reminders import remind
from portal.rules import BY_ALTERNATE, TELLS_OF, comes_back
from tests.alternates.builders import (
    AWAY,
    OTHER,
    STANDS_IN,
    accepted,
    in_force,
    leaves,
    no_speaker,
)
from tests.alternates.test_act_for import acknowledge_for, asked_of
from tests.alternates.test_duties import LATE, SETTINGS, late
from tests.alternates.test_invitations import respond
from tests.alternates.test_polls import asked as asked_by_poll
from tests.alternates.test_polls import say
from tests.cast import NOW, World
from tests.contacts.builders import published
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import invited
from tests.jobs.test_delivery import Memory

GREEN = {"tlp": Tlp.GREEN}  # the alternate reads it, and is not on its list


def written(world: World, template: str) -> list[tuple[str, str]]:
    """Who has such an e-mail, and in whose place."""
    names = {actor.person_id: name for name, actor in world.actors.items()}
    with reading(world.sessions) as session:
        rows = session.scalars(select(OutboxEmail).where(OutboxEmail.template == template))
        return sorted((names[row.person_id], names.get(row.for_id or 0, "")) for row in rows)


def close(world: World, notice: str) -> None:
    with writing(world.sessions) as session:
        notices.close(session, world.actors[OTHER], notice, why="It is over", now=NOW)


def acknowledged(world: World, **values: Any) -> tuple[str, str]:
    """An alternate and a notice that they acknowledged for whoever is away."""
    by = in_force(world)
    with writing(world.sessions) as session:
        notice = asked_of(session, world, AWAY, **(GREEN | values))
        acknowledge_for(session, world, notice, by)
    return by, notice


def test_who_did_it_hears_how_it_went_and_whoever_is_away_as_well(world: World) -> None:
    _by, notice = acknowledged(world)
    close(world, notice)
    assert written(world, "close") == [(STANDS_IN, AWAY), (AWAY, "")]
    with reading(world.sessions) as session:
        row = session.scalars(
            select(OutboxEmail).where(
                OutboxEmail.template == "close", OutboxEmail.for_id.is_not(None)
            )
        ).one()
        email = composed(session, SETTINGS, row, NOW)
        assert email is not None
        body = write(email, SETTINGS).get_body(("plain",))
        assert body is not None
        text = body.get_content()
    assert "which you acknowledged for Telco liaison, has been closed" in text
    assert "because you are the alternate of Telco liaison" in text


def test_who_did_nothing_hears_nothing(world: World) -> None:
    in_force(world)
    with writing(world.sessions) as session:
        notice = asked_of(session, world, AWAY, **GREEN)
    close(world, notice)
    assert written(world, "close") == [(AWAY, "")]


def test_who_is_on_the_list_gets_one_e_mail_of_their_own(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        notice = asked_of(session, world, AWAY, STANDS_IN)
        acknowledge_for(session, world, notice, by)
    close(world, notice)
    assert written(world, "close") == [(STANDS_IN, ""), (AWAY, "")]


def ended(world: World, by: str) -> None:
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], by, NOW)


def left(world: World, _by: str) -> None:
    leaves(world, STANDS_IN)


@pytest.mark.parametrize("ending", [ended, left])
def test_after_the_end_they_hear_nothing_not_even_by_what_waits(
    world: World, ending: Callable[[World, str], None]
) -> None:
    by, notice = acknowledged(world)
    ending(world, by)
    close(world, notice)
    assert written(world, "close") == [(AWAY, "")]


def test_what_waits_is_asked_about_again(world: World) -> None:
    by, notice = acknowledged(world)
    close(world, notice)
    ended(world, by)
    post = Memory()
    deliver(world.sessions, post, SETTINGS, NOW)
    closed = [str(mail["To"]) for mail in post.emails if "closed" in str(mail["Subject"])]
    assert len(closed) == 1, "it is not sent twice to whoever has their own"
    assert "liaison@telco.example" in closed[0]


def test_of_a_poll_and_an_invitation_as_well(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        dialogue = asked_by_poll(session, world)
        say(session, world, dialogue, by)
        ref = dialogue.ref
        dialogues.cancel(session, world.actors[ORGANISER], ref, why="x", now=NOW)
    assert (STANDS_IN, AWAY) in written(world, "cancel")


def test_under_the_chatham_house_rule_only_from_the_table(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        no_speaker(session, world)
    ref = invited(world, AWAY, STANDS_IN, rule=Confidentiality.CHATHAM)
    with writing(world.sessions) as session:
        respond(session, world, ref, by)
        dialogues.cancel(session, world.actors[ORGANISER], ref, why="x", now=NOW)
    assert (STANDS_IN, AWAY) not in written(world, "cancel"), "they have one of their own"
    assert (STANDS_IN, "") in written(world, "cancel")


def test_every_e_mail_that_tells_of_an_act_is_of_a_verb_that_is_passed_on() -> None:
    for (template, noun), verbs in TELLS_OF.items():
        assert verbs
        assert all((noun, verb) in BY_ALTERNATE for verb in verbs)
        assert not comes_back(template, noun)


def outcome(world: World) -> str | None:
    """What became of the one reminder to whoever was away."""
    mine = OutboxEmail.person_id == world.actors[AWAY].person_id
    late_ones = select(OutboxEmail.outcome).where(OutboxEmail.template == "acknowledge-late", mine)
    with reading(world.sessions) as session:
        return session.scalars(late_ones).one()


@pytest.mark.parametrize("ending", [ended, left])
def test_a_reminder_that_waited_for_the_alternate_goes_to_whoever_is_back(
    world: World, ending: Callable[[World, str], None]
) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        late(session, world, AWAY, STANDS_IN)
        remind(session, LATE)
    assert (STANDS_IN, AWAY) in written(world, "acknowledge-late")
    ending(world, by)
    deliver(world.sessions, Memory(), SETTINGS, LATE)
    assert (AWAY, "") in written(world, "acknowledge-late")
    assert (STANDS_IN, AWAY) not in written(world, "acknowledge-late")
    assert outcome(world) == "sent"


def test_it_goes_to_the_alternate_of_now_where_there_is_another(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        late(session, world, AWAY, STANDS_IN)
        remind(session, LATE)
    ended(world, by)
    with writing(world.sessions) as session:
        accepted(session, world, at=LATE)
        # The same colleague again: they are asked by the new one, and nobody twice.
    deliver(world.sessions, Memory(), SETTINGS, LATE)
    assert (STANDS_IN, AWAY) in written(world, "acknowledge-late")
    assert (AWAY, "") not in written(world, "acknowledge-late")


def test_what_was_done_meanwhile_goes_to_nobody(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        notice = late(session, world, AWAY, STANDS_IN)
        remind(session, LATE)
    ended(world, by)
    with writing(world.sessions) as session:
        notices.acknowledge(session, world.actors[AWAY], notice, LATE)
    post = Memory()
    deliver(world.sessions, post, SETTINGS, LATE)
    assert outcome(world) == "refused"


def test_a_check_that_waited_for_the_alternate_goes_to_the_contact_point(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        said = {"person_id": world.actors[AWAY].person_id, "round_the_clock": True}
        contact = published(session, world, "peace", **said)
        contacts.check(session, world.actors[STANDS_IN], contact.ref, now=NOW)
        address = contact.email
    assert written(world, "check") == [(STANDS_IN, AWAY)]
    ended(world, by)
    post = Memory()
    deliver(world.sessions, post, SETTINGS, NOW)
    assert written(world, "check") == [(AWAY, "")]
    assert [m["To"].addresses[0].addr_spec for m in post.emails if "K-" in str(m["Subject"])] == [
        address
    ]
