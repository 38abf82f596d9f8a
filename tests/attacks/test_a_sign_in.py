"""Attack cases A: login, session, OpenID Connect."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import select

from models.ledger import AuditEvent
from models.signins import SignIn
from portal.db import reading
from tests.auth.forged import CLIENT, Forged, b64, begin, finish, is_in, sign_in
from tests.cast import World
from tests.pages import Visitor

Stranger = Callable[[], Visitor]
Token = Callable[[Forged, dict[str, Any]], str]


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    parts = (json.dumps(part).encode() for part in (header, claims))
    return ".".join([*(b64(part) for part in parts), ""])


def by(key: RSAKey, claims: dict[str, Any], **header: Any) -> str:
    head = {"alg": "RS256", "kid": "one"} | header
    return jwt.encode(head, claims, key, algorithms=[head["alg"]])


def by_secret(secret: bytes, claims: dict[str, Any]) -> str:
    head = {"alg": "HS256", "kid": "one"}
    text = ".".join(b64(json.dumps(part).encode()) for part in (head, claims))
    return f"{text}.{b64(hmac.digest(secret, text.encode(), 'sha256'))}"


def with_own_key(forged: Forged, claims: dict[str, Any], name: str) -> str:
    mine = RSAKey.generate_key(2048, {"kid": "one"})
    own = {"jwk": mine.as_dict(private=False), "jku": f"{forged.issuer}/mine", "x5u": "http://x"}
    text = by(mine, claims)
    head = json.loads(base64.urlsafe_b64decode(text.split(".")[0] + "=="))
    return ".".join([b64(json.dumps(head | {name: own[name]}).encode()), *text.split(".")[1:]])


def doubled(forged: Forged, claims: dict[str, Any]) -> str:
    text = json.dumps(claims)[:-1] + ', "sub": "steward@portal.example"}'
    return forged.raw({}, text.encode())


def without(name: str) -> Token:
    return lambda p, c: p.sign({k: v for k, v in c.items() if k != name})


def saying(**values: Any) -> Token:
    return lambda p, c: p.sign(c | values)


FORGED_TOKENS: dict[str, Token] = {
    "wrong issuer": saying(iss="http://evil.example"),
    "no issuer": without("iss"),
    "issuer with a slash": lambda p, c: p.sign(c | {"iss": p.issuer + "/"}),
    "wrong audience": saying(aud="another-client"),
    "another audience, azp ours": saying(aud="another-client", azp=CLIENT),
    "two audiences": saying(aud=[CLIENT, "another-client"]),
    "azp of another": saying(azp="another-client"),
    "no audience": without("aud"),
    "wrong nonce": saying(nonce="another"),
    "no nonce": without("nonce"),
    "expired": lambda p, c: p.sign(c | {"exp": c["iat"] - 600}),
    "no expiry": without("exp"),
    "expiry as text": saying(exp="tomorrow"),
    "made in the future": lambda p, c: p.sign(c | {"iat": c["iat"] + 3600, "exp": c["iat"] + 7200}),
    "no subject": without("sub"),
    "empty subject": saying(sub=""),
    "subject as a list": saying(sub=["liaison@telco.example"]),
    "endless subject": saying(sub="x" * 300),
    "no token at all": lambda p, c: "",
    "not a token": lambda p, c: "a.b",
    "alg none": lambda p, c: unsigned({"alg": "none"}, c),
    "alg None": lambda p, c: unsigned({"alg": "NONE", "kid": "one"}, c),
    "HS256 with the public key": lambda p, c: by_secret(p.key.as_pem(private=False), c),
    "HS256 with the client's secret": lambda p, c: by_secret(b"a secret of the provider", c),
    "another's key under our name": lambda p, c: by(RSAKey.generate_key(2048), c),
    "own jwk in the head": lambda p, c: with_own_key(p, c, "jwk"),
    "own jku in the head": lambda p, c: with_own_key(p, c, "jku"),
    "unknown crit": lambda p, c: p.raw({"crit": ["strange"], "strange": 1}, json.dumps(c).encode()),
    "a broken signature": lambda p, c: p.sign(c)[:-8] + "AAAAAAAA",
}


def trail(world: World) -> list[str]:
    with reading(world.sessions) as session:
        return list(
            session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id.desc()).limit(3))
        )


def rows(world: World) -> int:
    with reading(world.sessions) as session:
        return len(session.scalars(select(SignIn.id)).all())


def test_a1_a_code_and_state_of_the_attacker_start_nothing(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    attacker, victim = stranger(), stranger()
    answer = finish(victim, forged.authorise(begin(attacker)))
    assert answer.status == 400
    assert "sign in again" in answer.words
    assert rows(world) == 0
    assert trail(world)[0] == "sign-in-refused"
    begun = stranger()
    begin(begun)
    for values in ({"code": "x", "state": "y"}, {"code": "x"}, {"state": "y"}, {}):
        assert finish(begun, values).status == 400


@pytest.mark.parametrize("name", FORGED_TOKENS)
def test_a2_a3_a_forged_token_is_refused(
    stranger: Stranger, forged: Forged, world: World, name: str
) -> None:
    forged.make = FORGED_TOKENS[name]
    visitor = stranger()
    assert sign_in(visitor, forged).status == 400
    assert not is_in(visitor)
    assert rows(world) == 0


def test_a2_the_last_of_two_equal_names_does_not_win(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    forged.make = doubled
    visitor = stranger()
    sign_in(visitor, forged)
    assert not is_in(visitor)
    assert rows(world) == 0


def test_a3_an_endless_token_is_refused_quickly(stranger: Stranger, forged: Forged) -> None:
    forged.make = lambda p, c: p.sign(c | {"filler": "x" * 10_000_000})
    visitor = stranger()
    values = forged.authorise(begin(visitor))
    began = time.process_time()
    assert finish(visitor, values).status == 400
    assert time.process_time() - began < 10
    assert not is_in(visitor)


def test_a4_the_answer_of_one_provider_does_not_pass_for_anothers(
    stranger: Stranger, forged: Forged, other: Forged
) -> None:
    visitor = stranger()
    values = forged.authorise(begin(visitor, "one"))
    assert finish(visitor, values, "two").status == 400
    values = forged.authorise(begin(visitor, "one"))
    assert finish(visitor, {**values, "iss": other.issuer}).status == 400
    other.make = lambda p, c: p.sign(c | {"iss": forged.issuer})
    assert finish(visitor, other.authorise(begin(visitor, "two")), "two").status == 400
    assert not is_in(visitor)
    values = forged.authorise(begin(visitor, "one"))
    assert finish(visitor, {**values, "iss": forged.issuer}).status == 302


def test_a4_a_provider_that_promises_iss_must_send_it(stranger: Stranger, forged: Forged) -> None:
    forged.announces_iss = True
    visitor = stranger()
    assert sign_in(visitor, forged).status == 400
    assert sign_in(visitor, forged, iss=forged.issuer).status == 302


def test_a5_the_same_subject_of_another_provider_is_somebody_else(
    stranger: Stranger, other: Forged
) -> None:
    visitor = stranger()
    assert finish(visitor, other.authorise(begin(visitor, "two")), "two").status == 403
    assert not is_in(visitor)


def test_a6_an_answer_works_once_and_only_with_its_verifier(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    visitor = stranger()
    values = forged.authorise(begin(visitor))
    assert finish(visitor, values).status == 302
    assert finish(visitor, values).status == 400
    assert rows(world) == 1
    other = stranger()
    values = forged.authorise(begin(other))
    forged.codes[values["code"]]["challenge"] = "of another verifier"
    assert finish(other, values).status == 400
    assert not is_in(other)


def test_a7_a_planted_session_is_worth_nothing_afterwards(
    stranger: Stranger, forged: Forged
) -> None:
    victim, attacker = stranger(), stranger()
    attacker.get("/auth/sign-in")
    planted = attacker.client.get_cookie("session")
    assert planted is not None
    victim.client.set_cookie("session", planted.value)
    sign_in(victim, forged)
    after = victim.client.get_cookie("session")
    assert after is not None
    assert after.value != planted.value
    assert is_in(victim)
    assert not is_in(attacker)
    sign_in(victim, forged)
    again = victim.client.get_cookie("session")
    assert again is not None
    assert again.value != after.value, "each sign-in has a key of its own"


LEAVES_US = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\/evil.example",
    "\\\\evil.example", "https:evil.example", "https:/evil.example", "https://evil.example",
    "http://evil.example", "HTTPS://EVIL.EXAMPLE", "//evil.example/%2f..", "/%0d//evil.example",
    "/\t/evil.example", "\t//evil.example", " //evil.example", "/\r\n/evil.example",
    "http://localhost@evil.example", "//localhost@evil.example", "http://localhost.evil.example",
    "//evil。example", "//evil%E3%80%82example", "data:text/html,x", "javascript:alert(1)",
    "vbscript:x", "file:///etc/passwd", "mailto:a@b.example", "evil.example", "./evil", "../evil",
    "@evil.example", ":evil", "?next=//evil.example", "#x", "",
    "/\u2028/evil.example", "//[::1]", "///", "//", "/\\/evil.example", "http:/\\evil.example",
]  # fmt: skip


@pytest.mark.parametrize("goal", LEAVES_US)
def test_a11_nobody_is_sent_away(stranger: Stranger, forged: Forged, goal: str) -> None:
    visitor = stranger()
    to = sign_in(visitor, forged, goal=goal).to
    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))
    assert "evil" not in to.split("?")[0].replace("/%0d//evil.example", "").replace("%0D", "")
    back = visitor.client.get("/auth/sign-in", query_string={"next": goal})
    assert back.headers["Location"].startswith("/")
    assert not back.headers["Location"].startswith("//")


class TestA10:
    """The throttle holds, whatever the caller says of itself."""

    @pytest.fixture
    def env(self) -> str:
        """With rate limits on."""
        return "demo"

    def test_a10_the_throttle_holds(self, stranger: Stranger, forged: Forged) -> None:
        answers = [
            stranger().client.get(
                "/auth/one/callback?code=x", headers={"X-Forwarded-For": f"192.0.2.{number}"}
            )
            for number in range(40)
        ]
        statuses = [answer.status_code for answer in answers]
        assert statuses.count(400) == 30
        assert statuses[30:] == [429] * 10
        assert int(answers[-1].headers["Retry-After"]) <= 60
        assert b"Please wait" in answers[-1].data
        assert stranger().get("/auth/sign-in").status == 200, "the page itself stays open"
