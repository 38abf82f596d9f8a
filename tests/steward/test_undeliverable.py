"""Undeliverable e-mails: sent again one by one or all at once; invitations keep their key."""

from collections.abc import Callable
from datetime import timedelta

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
from tests.jobs.test_delivery import PAPER, Memory
from tests.mail import whole
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


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
    assert "3 e-mails will be sent again" in page.words
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
    assert "no longer waiting" in page.words
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
    assert f"/auth/invitation/{row.secret}" in whole(post.emails[0])
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
    assert row.secret not in whole(post.emails[0])
