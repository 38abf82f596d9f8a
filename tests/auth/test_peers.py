"""A provider that hangs, drips or lies: the exchange ends in time, and nobody else waits for it."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.ledger import AuditEvent
from models.signins import SignIn
from portal.clock import now
from portal.db import reading
from portal.oidc import Unreachable, Untrue
from portal.oidc.peer import AT_ONCE, Answer, Peer
from tests.auth import hostile
from tests.auth.forged import Forged, begin, finish, is_in, sign_in
from tests.auth.test_sign_in import logout_token, notified
from tests.cast import World
from tests.pace import GENEROUS, short
from tests.pages import Visitor

Stranger = Callable[[], Visitor]
HANGING = {
    "silent": hostile.silent,
    "dripping head": hostile.dripping_head,
    "dripping body": hostile.dripping_body,
    "interim answers": hostile.interim,
}
LYING = {
    "endless": hostile.endless,
    "hanging up": hostile.hanging_up,
    "noise": hostile.noise,
    "not JSON": hostile.saying("200 OK", b"<html>"),
    "not an object": hostile.saying("200 OK", b"[]"),
    "deep": hostile.saying("200 OK", b"[" * 100_000),
    "another issuer": hostile.saying("200 OK", b'{"issuer": "http://evil.example"}'),
    "redirect": hostile.saying("302 Found", b"", "Location: http://127.0.0.1:1/"),
    "redirect without end": hostile.saying("307 Temporary", b"", "Location: /"),
    "error": hostile.saying("500 Oops", b"{}"),
    "packed": hostile.saying("200 OK", b"{}", "Content-Encoding: gzip"),
}


def hasten(portal: Flask, hanging: hostile.Hostile) -> None:
    """A moment for who hangs, and as long as it takes for who answers, be it a lie."""

    def for_this(peer: Peer, ask: Callable[..., Answer]) -> Callable[..., Answer]:
        def hurried(url: str, *how: Any, **said: Any) -> Answer:
            is_hanging = hanging.way in HANGING.values() and url.startswith(f"{hanging.issuer}/")
            peer.deadline = short() / 4 if is_hanging else GENEROUS
            return ask(url, *how, **said)

        return hurried

    for client in portal.extensions["oidc"].values():
        client.peer.ask = for_this(client.peer, client.peer.ask)


def point_to(portal: Flask, peer: hostile.Hostile, name: str = "one") -> None:
    """Let a provider's metadata, as the portal remembers it, lead to this peer."""
    client = portal.extensions["oidc"][name]
    client.provider = client.known._provider = type(client.provider)(
        **{**vars(client.provider), "issuer": peer.issuer}
    )


@pytest.mark.parametrize("way", [*HANGING, *LYING])
def test_a_sign_in_is_not_begun_with_a_provider_that_does_not_answer_as_it_should(
    stranger: Stranger, portal: Flask, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    with hostile.listening((HANGING | LYING)[way]) as peer:
        hasten(portal, peer)
        point_to(portal, peer)
        started = time.monotonic()
        answer = begin(stranger())
    assert time.monotonic() - started < GENEROUS
    assert (answer.status, "Try again" in answer.words) == (503, True)
    assert any("sign-in provider one" in line for line in caplog.messages)


@pytest.mark.parametrize("way", HANGING)
def test_after_a_deadline_has_passed_the_provider_is_left_alone_for_a_while(
    stranger: Stranger, portal: Flask, way: str
) -> None:
    with hostile.listening(HANGING[way]) as peer:
        hasten(portal, peer)
        point_to(portal, peer)
        for _ in range(4):
            assert begin(stranger()).status == 503
        assert peer.met == 1


@pytest.mark.parametrize("way", [*HANGING, *LYING])
def test_a_hostile_token_address_signs_nobody_in(
    stranger: Stranger, portal: Flask, forged: Forged, world: World, way: str
) -> None:
    visitor = stranger()
    with hostile.listening((HANGING | LYING)[way]) as peer:
        hasten(portal, peer)
        forged.elsewhere["token_endpoint"] = f"{peer.issuer}/token"
        answer = finish(visitor, forged.authorise(begin(visitor)))
    assert answer.status in (400, 503)
    assert not is_in(visitor)
    with reading(world.sessions) as session:
        assert session.scalars(select(SignIn)).all() == []


@pytest.mark.parametrize("way", [*HANGING, *LYING])
def test_hostile_keys_sign_nobody_in_and_end_no_session(
    stranger: Stranger, portal: Flask, forged: Forged, way: str
) -> None:
    visitor = stranger()
    with hostile.listening((HANGING | LYING)[way]) as peer:
        hasten(portal, peer)
        forged.elsewhere["jwks_uri"] = f"{peer.issuer}/jwks"
        answer = sign_in(visitor, forged)
        assert answer.status in (400, 503)
        assert notified(stranger(), forged.sign(logout_token(forged))) in (400, 503)
    assert not is_in(visitor)


@pytest.mark.parametrize("way", [*HANGING, *LYING])
def test_signing_out_here_does_not_wait_for_the_provider(
    stranger: Stranger, portal: Flask, forged: Forged, world: World, way: str
) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    portal.extensions["oidc"]["one"].known._metadata = None  # as in a process started since
    with hostile.listening((HANGING | LYING)[way]) as peer:
        hasten(portal, peer)
        point_to(portal, peer)
        answer = visitor.post("/auth/sign-out")
    assert answer.to == "/auth/sign-in"
    assert "sign out there as well" in visitor.get("/auth/sign-in").words
    assert not is_in(visitor)
    with reading(world.sessions) as session:
        verbs = session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id.desc())).first()
    assert verbs == "sign-out"


def test_signing_out_asks_nothing_of_a_provider_that_is_known(
    stranger: Stranger, portal: Flask, forged: Forged
) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    forged.down = True
    metadata, _until = portal.extensions["oidc"]["one"].known._metadata
    portal.extensions["oidc"]["one"].known._metadata = metadata, now() - timedelta(days=1)
    assert visitor.post("/auth/sign-out").to.startswith(f"{forged.issuer}/end?")


@pytest.mark.parametrize("way", HANGING)
def test_only_a_few_wait_for_a_provider_and_nobody_else_does(
    stranger: Stranger, portal: Flask, forged: Forged, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten begin at once with a silent provider: at most three threads are with it at any time."""
    monkeypatch.setattr("portal.oidc.peer.TURN", 0.1)  # whoever waits for a turn waits in vain
    portal.extensions["oidc"]["one"].peer.deadline = GENEROUS  # they hang through the whole test
    answers: list[int] = []
    signed_in, writer = stranger(), stranger()
    sign_in(signed_in, forged)
    sign_in(writer, forged)
    with hostile.listening(HANGING[way]) as peer:
        point_to(portal, peer)
        portal.extensions["oidc"]["one"].known._metadata = None
        threads = [
            threading.Thread(target=lambda: answers.append(begin(stranger()).status))
            for _ in range(10)
        ]
        for thread in threads:
            thread.start()
        until = time.monotonic() + GENEROUS
        while sum(map(threading.Thread.is_alive, threads)) > AT_ONCE and time.monotonic() < until:
            time.sleep(0.02)
        waiting = [thread for thread in threads if thread.is_alive()]
        assert len(waiting) == AT_ONCE
        assert answers == [503] * (10 - AT_ONCE)
        assert stranger().get("/healthz").status == 200
        assert signed_in.get("/notices/").status == 200
        assert begin(stranger(), "two").to.startswith("http"), "another provider is not in the way"
        assert writer.post("/auth/sign-out").status == 302, "and others write"
        assert all(thread.is_alive() for thread in waiting), "while they hang"
        peer.let_go()
    for thread in waiting:
        thread.join(timeout=GENEROUS * 2)


def test_errors_of_peers_say_which_is_which(portal: Flask) -> None:
    client = portal.extensions["oidc"]["one"]
    with hostile.listening(hostile.silent) as peer:
        hasten(portal, peer)
        point_to(portal, peer)
        with pytest.raises(Unreachable, match="no whole answer"):
            client.known.metadata(now())
    with hostile.listening(LYING["another issuer"]) as peer:
        hasten(portal, peer)
        point_to(portal, peer)
        with pytest.raises(Untrue, match="evil"):
            client.known.metadata(now() + timedelta(minutes=1))
