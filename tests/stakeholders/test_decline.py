"""Declining an invitation: the inviting side learns that and no more."""

from sqlalchemy import select

from models.ledger import OutboxEmail
from portal.clock import now
from portal.db import reading, writing
from portal.email_composition import composed
from portal.emails import write
from tests.cast import World
from tests.mail import html_of, text_of
from tests.stakeholders.builders import ROOM, Visit, invite, make_admin, offer_to


def test_declined_the_inviting_side_learns_that_and_no_more(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    notified = []
    for email in ("mediator@peace.example", "new@elsewhere.example"):
        with writing(world.sessions) as session:
            key, offer = invite(session, world, email), offer_to(session, email).ref
        if email.startswith("new"):
            page = visit("nobody").get(f"/auth/invitation/{key}")
            assert "Telco invites you to act for it as liaison" in page.words
            assert visit("nobody").post(f"/auth/invitation/{key}/decline").status == 200
        else:
            mediator = visit("mediator@peace")
            mediator.follow(mediator.post(f"/offers/{offer}/decline"))
        page = visit("liaison@telco").get(f"/offers/{offer}")
        assert "declined" in page.words
        with reading(world.sessions) as session:
            rows = session.scalars(
                select(OutboxEmail).where(OutboxEmail.template == "decline")
            ).all()
            emails = []
            for row in rows[-2:]:
                email = composed(session, ROOM, row, now())
                assert email is not None
                message = write(email, ROOM)
                emails.append((email.to_name, text_of(message) + html_of(message)))
        notified.append([(name, words.replace(offer, "#")) for name, words in emails])
    assert notified[0] == notified[1]
    assert {name for name, _words in notified[0]} == {"Steward", "Telco liaison"}
    assert visit("nobody").post(f"/auth/invitation/{key}/decline").status == 404, "it works once"
