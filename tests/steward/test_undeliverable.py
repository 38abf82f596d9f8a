"""Undeliverable e-mails: sent again one by one or all at once; invitations keep their key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from models.ledger import AuditEvent, OutboxEmail
from models.offers import Offer
from models.stakeholders import Person
from portal import stakeholders
from portal.backup import RESTORED
from portal.clock import now
from portal.db import reading, writing
from portal.delivery import deliver
from portal.outbox import DEAD, SENT
from portal.schedule import forget_old_keys, keep_time_once
from portal.smtp import Undeliverable
from tests.cast import World
from tests.dialogues.later_builders import held
from tests.factories import published
from tests.jobs.peer import at, peer
from tests.jobs.test_delivery import PAPER, Memory
from tests.pages import Visitor
from tests.policy.test_closed_dialogues import TELCO, happened

Visit = Callable[[str], Visitor]


@pytest.fixture
def dead(world: World) -> World:
    """Three e-mails about a notice and one about a closed dialogue could not be delivered."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=now(), outcome=SENT))
        published(session, world, "liaison@cloud", "liaison@bank", "mediator@peace")
        happened(session, world, "dialogues", held(session, world, TELCO, rule="closed", tlp="RED"))
        session.execute(
            update(OutboxEmail)
            .where(OutboxEmail.outcome.is_(None))
            .values(closed_at=now(), outcome=DEAD, reason="550 no such box", attempts=8)
        )
    return world


def keys(world: World, outcome: str | None, kind: str = "notices") -> list[int]:
    with reading(world.sessions) as session:
        mine = select(OutboxEmail.id).where(
            OutboxEmail.resource_type == kind, OutboxEmail.outcome.is_not_distinct_from(outcome)
        )
        return list(session.scalars(mine.order_by(OutboxEmail.id)))


def test_all_are_sent_again_at_once_but_those_of_closed_dialogues(
    dead: World, visit: Visit
) -> None:
    shut = keys(dead, DEAD, "dialogues")
    steward = visit("steward@portal")
    page = steward.get("/steward/read-emails")
    assert "Send all 3 e-mails again" in page.words
    page = steward.follow(steward.post("/steward/retry-all"))
    assert "3 e-mails are tried again" in page.words
    assert len(keys(dead, None)) == 3
    assert keys(dead, DEAD, "dialogues") == shut
    with reading(dead.sessions) as session:
        act = select(AuditEvent).where(AuditEvent.verb == "retry-email")
        assert session.scalars(act).one().detail == {"emails": 3}
    assert visit("auditor@portal").post("/steward/retry-all").status == 403


def test_one_of_a_closed_dialogue_cannot_be_sent_again_by_its_number(
    dead: World, visit: Visit
) -> None:
    (shut,) = keys(dead, DEAD, "dialogues")
    steward = visit("steward@portal")
    absent = steward.follow(steward.post("/steward/retry-email/999999"))
    page = steward.follow(steward.post(f"/steward/retry-email/{shut}"))
    assert "not waiting for anybody" in page.words
    assert page.words == absent.words
    assert keys(dead, DEAD, "dialogues") == [shut]


def test_what_a_restored_backup_closed_is_sent_again_one_by_one_alone(
    dead: World, visit: Visit
) -> None:
    with writing(dead.sessions) as session:
        session.execute(
            update(OutboxEmail)
            .where(OutboxEmail.resource_type == "notices")
            .values(reason=RESTORED)
        )
    steward = visit("steward@portal")
    assert "Send all" not in steward.get("/steward/read-emails").words
    steward.post("/steward/retry-all")
    assert len(keys(dead, DEAD)) == 3
    steward.post(f"/steward/retry-email/{keys(dead, DEAD)[0]}")
    assert len(keys(dead, DEAD)) == 2


def invited(world: World) -> OutboxEmail:
    """Somebody is invited, and the e-mail is refused for good."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=now(), outcome=SENT))
        stakeholders.invite_steward(session, email="new@portal.example", name="New", now=now())
    deliver(world.sessions, Memory(Undeliverable("550 no such box")), PAPER, now)
    return invitation(world)


def invitation(world: World) -> OutboxEmail:
    with reading(world.sessions) as session:
        mine = (
            select(OutboxEmail)
            .join(Person, Person.id == OutboxEmail.person_id)
            .where(Person.email == "new@portal.example")
        )
        return session.scalars(mine).one()


def test_an_invitation_keeps_its_key_until_it_has_arrived(world: World, visit: Visit) -> None:
    row = invited(world)
    assert (row.outcome, bool(row.secret)) == (DEAD, True)
    visit("steward@portal").post(f"/steward/retry-email/{row.id}")
    post = Memory()
    deliver(world.sessions, post, PAPER, now)
    assert f"/auth/invitation/{row.secret}" in post.emails[0].get_content()
    row = invitation(world)
    assert (row.outcome, row.secret) == (SENT, None)


def test_an_expired_key_is_erased_and_its_e_mail_not_sent_again(world: World, visit: Visit) -> None:
    row = invited(world)
    keep_time_once(world.sessions)
    assert invitation(world).secret
    forget_old_keys(world.sessions, now() + timedelta(seconds=1))
    assert invitation(world).secret is None
    steward = visit("steward@portal")
    assert "expired: invite the person again" in steward.get("/steward/read-emails").words
    page = steward.follow(steward.post(f"/steward/retry-email/{row.id}"))
    assert "Invite the person again" in page.words
    steward.post("/steward/retry-all")
    assert invitation(world).outcome == DEAD


def test_a_key_that_a_newer_invitation_replaced_is_not_sent(world: World, visit: Visit) -> None:
    row = invited(world)
    with writing(world.sessions) as session:
        ref = session.scalars(select(Offer.ref).where(Offer.email == "new@portal.example")).one()
        stakeholders.invite_again(session, world.actors["steward@portal"], ref, now())
    visit("steward@portal").post(f"/steward/retry-email/{row.id}")
    post = Memory()
    assert deliver(world.sessions, post, PAPER, now).sent == 1
    assert row.secret
    assert row.secret not in post.emails[0].get_content()


def test_the_page_and_readiness_say_what_is_wrong_with_the_mail_server(
    dead: World, visit: Visit, app: Flask
) -> None:
    steward = visit("steward@portal")
    steward.post("/steward/retry-all")
    healthy = app.test_client().get("/readyz")
    assert healthy.status_code == 200
    assert healthy.json is not None
    assert healthy.json["jobs"] == {"timekeeping": False, "delivery": False}
    assert healthy.json["mail"]["fault"] == ""
    assert (healthy.json["mail"]["waiting"], healthy.json["mail"]["undeliverable"]) == (3, 1)
    with peer(at("mail", "530 5.7.0 sign in first")) as bad:
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=bad.url)
        assert app.test_cli_runner().invoke(args=["jobs", "once"]).exit_code == 0
        tried = app.test_cli_runner().invoke(args=["mail", "test", "somebody@else.example"])
        assert tried.exit_code == 1
        assert "failed at mail: 530 5.7.0 sign in first" in tried.output
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 200
    assert ready.json is not None
    assert ready.json["jobs"] == {"timekeeping": True, "delivery": True}
    assert ready.json["mail"]["fault"] == "mail"
    assert ready.json["mail"]["waiting"] >= 3
    assert ready.json["mail"]["oldest_seconds"] >= 0
    assert "530" not in ready.text
    page = steward.get("/steward/read-emails")
    assert "The mail server takes no e-mails." in page.words
    assert "530 5.7.0 sign in first" in page.words
    assert "takes no e-mails (stage: mail)" in steward.get("/steward/").words
    with peer() as good:
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=good.url)
        tried = app.test_cli_runner().invoke(args=["mail", "test", "somebody@else.example"])
        assert tried.exit_code == 0
        assert [to for _id, to in good.taken] == ["somebody@else.example"]
        bad_address = app.test_cli_runner().invoke(args=["mail", "test", "no address"])
        assert bad_address.exit_code == 1
    after = app.test_client().get("/readyz").json
    assert after is not None
    assert after["mail"]["fault"] == ""
    assert after["mail"]["privacy"] == "on this machine"
    settings = replace(app.config["SETTINGS"], smtp_url="smtp://relay.example:25?tls=off")
    app.config["SETTINGS"] = settings
    bare = app.test_client().get("/readyz").json
    assert bare is not None
    assert bare["mail"]["privacy"] == "not encrypted"
