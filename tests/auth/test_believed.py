"""What is believed of a provider: its keys as they change, its issuer, audiences, and its no."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey
from sqlalchemy import select, update

from models.ledger import AuditEvent
from models.stakeholders import Identity
from portal.clock import now
from portal.db import reading, writing
from portal.oidc import providers_from
from portal.oidc.known import ANEW, REGAINED, Budget
from tests.auth.forged import Forged, begin, finish, is_in, sign_in
from tests.auth.test_sign_in import logout_token, notified
from tests.cast import World
from tests.pages import Visitor

Stranger = Callable[[], Visitor]


def test_keys_are_read_again_after_the_provider_changed_them(
    stranger: Stranger, forged: Forged
) -> None:
    visitor = stranger()
    for number in range(3):
        kid = f"key-{number}"
        assert sign_in(visitor, forged).status == 302
        forged.key, forged.kid = RSAKey.generate_key(2048, {"kid": kid}), kid
        assert notified(stranger(), forged.sign(logout_token(forged, jti=kid))) == 200
        assert not is_in(visitor)


def test_keys_that_change_under_one_name_are_read_again(stranger: Stranger, forged: Forged) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    forged.key = RSAKey.generate_key(2048, {"kid": forged.kid})
    assert notified(stranger(), forged.sign(logout_token(forged))) == 200
    assert not is_in(visitor)


def test_forged_key_ids_make_no_storm(stranger: Stranger, forged: Forged) -> None:
    visitor, mine = stranger(), RSAKey.generate_key(2048)
    sign_in(visitor, forged)
    before = forged.asked["/jwks"]
    for number in range(20):
        head = {"alg": "RS256", "kid": f"forged-{number}"}
        assert notified(stranger(), jwt.encode(head, logout_token(forged), mine)) == 400
    assert forged.asked["/jwks"] - before <= ANEW
    assert is_in(visitor)


def test_the_budget_is_regained_with_time() -> None:
    budget, at = Budget(2, REGAINED), now()
    assert [budget.take(at) for _ in range(3)] == [True, True, False]
    assert not budget.take(at + REGAINED / 2)
    assert budget.take(at + REGAINED)
    assert not budget.take(at + REGAINED)
    assert [budget.take(at + REGAINED * 9) for _ in range(3)] == [True, True, False]
    assert not budget.take(at), "a clock that goes back gives nothing"


def test_metadata_and_keys_are_read_once_and_again_when_they_are_old(
    stranger: Stranger, forged: Forged, portal: Flask
) -> None:
    for _ in range(3):
        assert sign_in(stranger(), forged).status == 302
    assert (forged.asked["/.well-known/openid-configuration"], forged.asked["/jwks"]) == (1, 1)
    known = portal.extensions["oidc"]["one"].known
    known.metadata(now() + timedelta(hours=2))
    known.keys(now() + timedelta(hours=2))
    assert (forged.asked["/.well-known/openid-configuration"], forged.asked["/jwks"]) == (2, 2)


@pytest.mark.parametrize("alg", ["Ed25519", "EdDSA"])
def test_ed25519_is_taken(stranger: Stranger, forged: Forged, alg: str) -> None:
    forged.key, forged.alg = OKPKey.generate_key("Ed25519", {"kid": "one"}), alg
    visitor = stranger()
    assert sign_in(visitor, forged).status == 302
    assert is_in(visitor)
    assert notified(stranger(), forged.sign(logout_token(forged))) == 200
    assert not is_in(visitor)


def test_keys_that_are_not_understood_are_left_out(stranger: Stranger, forged: Forged) -> None:
    forged.more_keys = [
        {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA", "kid": "later"},
        {"kty": "oct", "k": "AAAA", "kid": "secret"},
        {"kty": "RSA", "kid": "broken"},
        "no key at all",
    ]  # fmt: skip
    assert sign_in(stranger(), forged).status == 302


def test_an_issuer_may_end_in_a_slash(
    stranger: Stranger, forged: Forged, world: World, portal: Flask
) -> None:
    forged.slash = "/"
    client = portal.extensions["oidc"]["one"]
    client.provider = client.known._provider = type(client.provider)(
        **{**vars(client.provider), "issuer": forged.issuer}
    )
    with writing(world.sessions) as session:
        session.execute(update(Identity).values(issuer=forged.issuer))
    assert sign_in(stranger(), forged).status == 302


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"aud": ["good-offices", "another"], "azp": "good-offices"}, 302),
        ({"aud": ["good-offices"]}, 302),
        ({"aud": ["good-offices"], "azp": "good-offices"}, 302),
        ({"aud": ["good-offices", "another"]}, 400),
        ({"aud": ["good-offices", "another"], "azp": "another"}, 400),
        ({"aud": ["another", "third"], "azp": "good-offices"}, 400),
        ({"aud": []}, 400),
    ],
)
def test_several_audiences_are_taken_where_we_are_the_authorized_party(
    stranger: Stranger, forged: Forged, said: dict[str, object], status: int
) -> None:
    forged.make = lambda p, claims: p.sign(claims | said)
    assert sign_in(stranger(), forged).status == status


def test_the_cookie_stays_small_however_many_sign_ins_are_begun(
    stranger: Stranger, forged: Forged
) -> None:
    visitor = stranger()
    last = [begin(visitor, goal=f"/notices/?page={'x' * 900}") for _ in range(40)][-1]
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    assert len(cookie.value) < 3000
    assert finish(visitor, forged.authorise(last)).status == 302
    assert is_in(visitor)


def test_two_windows_may_sign_in_one_after_the_other(stranger: Stranger, forged: Forged) -> None:
    visitor = stranger()
    one, two = begin(visitor), begin(visitor)
    answers = [forged.authorise(begun) for begun in (one, two)]
    assert all(a["state"] != b["state"] for a, b in pairwise(answers))
    assert finish(visitor, answers[0]).status == 302


def test_a_sign_in_may_be_tried_again_after_the_provider_was_away(
    stranger: Stranger, forged: Forged
) -> None:
    visitor = stranger()
    values = forged.authorise(begin(visitor))
    forged.down = True
    away = finish(visitor, values)
    assert away.status == 503
    again = away.page.find("a", string="Try again")
    forged.down = False
    assert visitor.get(str(again["href"])).status == 302
    assert is_in(visitor)


REASONS = {
    "the token's signature does not fit": lambda p, c: p.sign(c)[:-8] + "AAAAAAAA",
    "the claim nonce is missing or wrong": lambda p, c: p.sign(c | {"nonce": "another"}),
    "the token has expired": lambda p, c: p.sign(c | {"exp": c["iat"] - 600}),
    "the token is for another audience": lambda p, c: p.sign(c | {"aud": ["good-offices", "x"]}),
    "the provider sent no id_token": lambda p, c: "",
    "the token cannot be read": lambda p, c: "a.b",
    "nobody who may come in is bound to this identity": lambda p, c: p.sign(c | {"sub": "new"}),
}


@pytest.mark.parametrize("why", REASONS)
def test_a_refused_sign_in_is_in_the_log_and_the_trail_with_its_reason_and_no_name(
    stranger: Stranger,
    forged: Forged,
    world: World,
    why: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    forged.make = REASONS[why]
    sign_in(stranger(), forged)
    lines = [line for line in caplog.messages if "refused" in line]
    assert len(lines) == 1
    if why == "the token is for another audience":  # Authlib finds the missing azp first
        assert "azp" in lines[0] or why in lines[0]
    else:
        assert lines[0] == f"sign-in by provider one refused: {why}"
    assert "telco" not in lines[0]
    with reading(world.sessions) as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.verb == "sign-in-refused"
    assert event.detail["why"] in lines[0]


@pytest.mark.wall_clock
def test_check_says_what_is_well_and_what_is_not(portal: Flask, forged: Forged) -> None:
    runner = portal.test_cli_runner()
    done = runner.invoke(args=["providers", "check"])
    assert done.exit_code == 0, done.output
    for word in ("discovery", "token endpoint", "algorithms", "keys", "clock", "redirect address"):
        assert word in done.output
    forged.knows_us = False
    done = runner.invoke(args=["providers", "check"])
    assert done.exit_code == 1
    assert "/auth/one/callback (or the client id) is refused" in done.output
    forged.down = True
    done = runner.invoke(args=["providers", "check"])
    assert done.exit_code == 1
    assert "it answered with status 503" in done.output


@pytest.mark.parametrize(
    "issuer",
    [
        "https://login.example/{tenantid}/v2.0",
        "id.peace.example",
        "",
        "https://a.example/?b",
        "a b",
    ],
)
def test_a_template_is_no_issuer(tmp_path: Path, issuer: str) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(f'[one]\nissuer = "{issuer}"\nclient_id = "a"\nclient_secret = "b"\n')
    with pytest.raises(ValueError, match="issuer of provider one"):
        providers_from(file)
