"""Values in a provider's tokens that none should send: refused in words, never an error of ours."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.auth.forged import Forged, is_in, sign_in
from tests.auth.test_sign_in import logout_token, notified
from tests.pages import Visitor

Stranger = Callable[[], Visitor]
HUGE = 10**30
NO_WORD: list[Any] = [{}, [], ["x"], {"x": 1}, 1, True, HUGE, "x" * 300, "a\0b", "\ud800"]
# Far too many brackets for a parser that goes down one call each.
BODIES = [b"[" * 20_000, b'{"a":' * 9_000, b"", b"5", b"null", b"\xff\xfe", b"NaN"]


@pytest.mark.both_engines
@pytest.mark.parametrize("name", ["sub", "sid", "acr"])
def test_a_claim_that_is_kept_is_a_text(stranger: Stranger, forged: Forged, name: str) -> None:
    for odd in NO_WORD:
        said = {name: odd}
        forged.make = lambda p, claims, said=said: _signed(p, claims | said)
        assert sign_in(stranger(), forged).status == 400, odd


@pytest.mark.both_engines
@pytest.mark.parametrize("name", ["sub", "sid", "jti"])
def test_so_is_one_of_sign_out(stranger: Stranger, forged: Forged, name: str) -> None:
    visitor = stranger()
    sign_in(visitor, forged)
    longest = [] if name != "jti" else ["x" * 300]
    for odd in NO_WORD:
        said = logout_token(forged) | {name: odd}
        expected = 200 if odd in longest else 400
        assert notified(stranger(), _signed(forged, said)) == expected, odd
    assert is_in(visitor) == (name != "jti")


@pytest.mark.parametrize("at", [HUGE, -HUGE, 10**18])
def test_a_time_that_no_calendar_holds_is_refused(
    stranger: Stranger, forged: Forged, at: int
) -> None:
    forged.make = lambda p, claims: _signed(p, claims | {"auth_time": at})
    assert sign_in(stranger(), forged).status == 400
    assert notified(stranger(), _signed(forged, logout_token(forged) | {"iat": at})) == 400


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_is_no_set_of_claims_is_refused(
    stranger: Stranger, forged: Forged, body: bytes
) -> None:
    forged.make = lambda p, _claims: p.raw({}, body)
    assert sign_in(stranger(), forged).status == 400
    assert notified(stranger(), forged.raw({}, body)) == 400


def _signed(provider: Forged, claims: dict[str, Any]) -> str:
    return provider.raw({}, json.dumps(claims).encode())
