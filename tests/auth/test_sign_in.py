"""Signing in and out by OpenID Connect: begun, proved, bound by invitation, listed, ended."""

import json
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update

from models.ledger import AuditEvent, OutboxEmail
from models.signins import LogoutToken, SignIn
from models.stakeholders import Identity, Invitation, Person, Role
from portal import stakeholders
from portal.clock import now
from portal.db import reading, writing
from portal.oidc import LOGOUT_EVENT
from tests.auth.forged import CLIENT, Forged, begin, finish, is_in, sign_in
from tests.cast import NOW, World
from tests.pages import Visitor

Stranger = Callable[[], Visitor]


def invited(world: World, email: str = "new@telco.example") -> str:
    """Invite somebody by e-mail; the key that the e-mail would carry."""
    with writing(world.sessions) as session:
        return stakeholders.invite(
            session, world.actors["steward@portal"], world.organisations["telco"].ref,
            name="New", email=email, role=Role.OBSERVER, now=now(),
        )  # fmt: skip


def signed_in_rows(world: World) -> int:
    with reading(world.sessions) as session:
        return len(session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all())


def test_a_person_of_the_cast_comes_in_and_lands_where_she_wanted(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    visitor = stranger()
    assert visitor.get("/notices/?tlp=RED").to == "/auth/sign-in?next=/notices/?tlp%3DRED"
    answer = sign_in(visitor, forged, goal="/notices/?tlp=RED")
    assert (answer.status, answer.to) == (302, "/notices/?tlp=RED")
    assert "Telco liaison" in visitor.get("/").words
    with reading(world.sessions) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "sign-in")).one()
        row = session.scalars(select(SignIn)).one()
    assert event.signin_id == row.id
    assert (row.sid, row.subject) == ("session-1", "liaison@telco.example")


def test_whom_nobody_invited_stays_outside(stranger: Stranger, forged: Forged) -> None:
    forged.make = lambda p, claims: p.sign(claims | {"sub": "stranger"})
    visitor = stranger()
    answer = sign_in(visitor, forged)
    assert answer.status == 403
    assert "nobody has invited you" in answer.words
    assert not is_in(visitor)


def test_an_equal_mail_address_binds_nothing(stranger: Stranger, forged: Forged) -> None:
    for verified in (False, True):
        forged.make = lambda p, c, v=verified: p.sign(
            c | {"sub": "new", "email": "liaison@telco.example", "email_verified": v}
        )
        visitor = stranger()
        assert sign_in(visitor, forged).status == 403
        assert not is_in(visitor)


def test_an_invitation_binds_the_identity_that_accepts_it(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    key, visitor = invited(world), stranger()
    assert "You will be shown here as New" in visitor.get(f"/auth/invitation/{key}").words
    begun = visitor.post(f"/auth/invitation/{key}/one")
    forged.make = lambda p, claims: p.sign(claims | {"sub": "brand-new"})
    assert finish(visitor, forged.authorise(begun)).to == "/"
    assert "New" in visitor.get("/").words
    with reading(world.sessions) as session:
        bound = session.execute(
            select(Identity.issuer, Identity.subject)
            .join(Person, Person.id == Identity.person_id)
            .where(Person.email == "new@telco.example")
        ).all()
        assert [tuple(row) for row in bound] == [(forged.issuer, "brand-new")]
        email = session.scalars(
            select(OutboxEmail).where(OutboxEmail.template == "invite").order_by(OutboxEmail.id)
        ).all()[-1]
        assert email.secret == key, "it leaves with the letter, not before"
    again = stranger()
    assert again.get(f"/auth/invitation/{key}").status == 404, "it works once"


def test_a_run_out_replaced_or_wrong_invitation_opens_nothing(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    first = invited(world)
    with writing(world.sessions) as session:
        session.execute(
            update(Invitation)
            .where(Invitation.accepted_at.is_(None))
            .values(expires_at=now() - timedelta(seconds=1))
        )
    answer = stranger().get(f"/auth/invitation/{first}")
    assert (answer.status, "expired" in answer.words) == (404, True)
    assert stranger().get("/auth/invitation/nonsense").status == 404
    visitor = stranger()
    begun = visitor.post(f"/auth/invitation/{first}/one")
    forged.make = lambda p, claims: p.sign(claims | {"sub": "late"})
    assert finish(visitor, forged.authorise(begun)).status == 400
    assert not is_in(visitor)


def test_somebody_who_is_here_already_cannot_take_anothers_invitation(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    key, visitor = invited(world), stranger()
    begun = visitor.post(f"/auth/invitation/{key}/one")
    answer = finish(visitor, forged.authorise(begun))
    assert (answer.status, "already belongs to another person" in answer.words) == (400, True)
    with reading(world.sessions) as session:
        state = session.scalar(select(Person.state).where(Person.email == "new@telco.example"))
    assert state == "invited", "nothing is half-written"


def test_signing_out_ends_both_sides(stranger: Stranger, forged: Forged) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    answer = visitor.post("/auth/sign-out")
    there = urlsplit(answer.to)
    asked = parse_qs(there.query)
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{forged.issuer}/end"
    assert asked["post_logout_redirect_uri"] == ["http://localhost/"]
    assert asked["id_token_hint"][0].count(".") == 2
    assert not is_in(visitor)
    visitor.client.set_cookie("session", cookie.value)
    assert not is_in(visitor), "a copied cookie does not outlive it"


def logout_token(forged: Forged, **more: object) -> dict[str, object]:
    at = int(now().timestamp())
    said: dict[str, object] = {
        "iss": forged.issuer,
        "aud": CLIENT,
        "iat": at,
        "exp": at + 60,
        "jti": "once",
        "sid": "session-1",
        "events": {LOGOUT_EVENT: {}},
    }
    return {name: value for name, value in (said | more).items() if value is not None}


def notified(visitor: Visitor, token: str) -> int:
    return visitor.post_bare("/auth/one/backchannel-logout", {"logout_token": token}).status


def test_the_provider_ends_its_sessions_here(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    token = forged.sign(logout_token(forged))
    assert notified(stranger(), token) == 200
    assert not is_in(visitor), "on the very next request"
    assert notified(stranger(), token) == 400, "a token works once"
    sign_in(visitor, forged)
    assert notified(stranger(), forged.sign(logout_token(forged, jti="two", sid="another"))) == 200
    assert is_in(visitor), "only that session"
    by_subject = logout_token(forged, jti="three", sid=None, sub="liaison@telco.example")
    assert notified(stranger(), forged.sign(by_subject)) == 200
    assert not is_in(visitor)
    with reading(world.sessions) as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.verb == "sign-out")).all()
    assert [event.detail for event in events] == [{"by": "provider"}] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "http://127.0.0.1:9"},
        {"aud": "somebody-else"},
        {"iat": 1},
        {"iat": None},
        {"jti": None},
        {"sid": None},
        {"nonce": "n"},
        {"events": {}},
        {"events": "http"},
        {"exp": 1},
    ],
)
def test_a_doubtful_logout_token_ends_nothing(
    stranger: Stranger, forged: Forged, wrong: dict[str, object]
) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    assert notified(stranger(), forged.sign(logout_token(forged, **wrong))) == 400
    assert is_in(visitor)


def test_a_logout_token_of_nobody_ends_nothing(
    stranger: Stranger, forged: Forged, other: Forged
) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    for token in ("", "x.y.z", json.dumps(logout_token(forged))):
        assert notified(stranger(), token) == 400
    assert notified(stranger(), other.sign(logout_token(forged))) == 400, "another's key"
    assert is_in(visitor)


def test_the_clock_ends_idle_and_long_sign_ins(
    stranger: Stranger, forged: Forged, world: World, portal: Flask
) -> None:
    limits = portal.extensions["limits"]
    visitor = stranger()
    sign_in(visitor, forged)
    leeway = timedelta(seconds=30)

    def seen(ago: timedelta, begun: timedelta) -> bool:
        with writing(world.sessions) as session:
            values = {"seen_at": now() - ago, "began_at": now() - begun}
            session.execute(update(SignIn).values(**values))
        return is_in(visitor)

    assert seen(limits.idle - leeway, limits.idle)
    assert not seen(limits.idle + leeway, limits.idle)
    assert seen(timedelta(0), limits.longest - leeway)
    assert not seen(timedelta(0), limits.longest + leeway)


def test_a_sign_in_that_is_used_does_not_go_idle(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    with writing(world.sessions) as session:
        session.execute(update(SignIn).values(seen_at=now() - timedelta(minutes=30)))
    assert is_in(visitor)
    with reading(world.sessions) as session:
        seen_at = session.scalars(select(SignIn.seen_at)).one()
    assert now() - seen_at < timedelta(minutes=1)


def test_suspension_is_felt_on_the_next_request(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    with writing(world.sessions) as session:
        ref = session.scalar(select(Person.ref).where(Person.email == "liaison@telco.example"))
        stakeholders.suspend_person(session, world.actors["steward@portal"], str(ref), NOW)
    assert not is_in(visitor)
    assert sign_in(visitor, forged).status == 403


def test_a_provider_that_does_not_answer_is_said_so(stranger: Stranger, forged: Forged) -> None:
    visitor = stranger()
    values = forged.authorise(begin(visitor))
    forged.down = True
    answer = finish(visitor, values)
    assert answer.status in (400, 503)
    assert not is_in(visitor)


def test_what_a_provider_said_is_kept_no_longer_than_the_sign_in_lasts(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    """A closed browser ends nothing: the next sign-in of the person sees that it is over."""
    for _ in range(3):
        assert sign_in(stranger(), forged).status == 302
    with writing(world.sessions) as session:
        first, second, _third = session.scalars(select(SignIn).order_by(SignIn.id))
        assert first.id_token
        first.ended_at, second.seen_at = now(), now() - timedelta(days=2)
    assert sign_in(stranger(), forged).status == 302
    with reading(world.sessions) as session:
        rows = session.scalars(select(SignIn).order_by(SignIn.id)).all()
    assert [bool(row.id_token) for row in rows] == [False, False, True, True]


def test_a_logout_token_is_kept_no_longer_than_it_could_come_again(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    sign_in(stranger(), forged)
    assert notified(stranger(), forged.sign(logout_token(forged))) == 200
    with writing(world.sessions) as session:
        session.execute(update(LogoutToken).values(used_at=now() - timedelta(hours=2)))
    assert notified(stranger(), forged.sign(logout_token(forged, jti="two"))) == 200
    with reading(world.sessions) as session:
        assert session.scalars(select(LogoutToken.jti)).all() == ["two"]
