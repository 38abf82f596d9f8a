"""What is believed of a signed token: whose it is, for whom, and that the provider signed it."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ClaimError,
    ExpiredTokenError,
    InvalidKeyIdError,
    JoseError,
    UnsupportedAlgorithmError,
)
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token

from portal.errors import Refused
from portal.oidc.known import Known
from portal.oidc.providers import Provider
from portal.signins import Proof

# What a provider says it could sign with is not asked: the list is ours alone. Ed25519 is the name
# of RFC 9864 for what older providers call EdDSA.
ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
LEEWAY: Final = 120
LONGEST_WORD: Final = 255
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST_TOKEN: Final = 64 * 1024
# What reading a signed token may raise, however odd the values are that stand in it.
BROKEN: Final = (JoseError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError)


class Signatures(JWSRegistry):
    """The ways of signing that are taken."""

    def __init__(self) -> None:
        super().__init__(algorithms=ALGORITHMS, strict_check_header=False)

    def get_alg(self, name: str) -> Any:
        """One of them; that EdDSA has a newer name is no news of a provider's fault."""
        return self.algorithms[name] if name == "EdDSA" else super().get_alg(name)


class Doubt(Refused):
    """A sign-in or token that is not believed; the message says why in plain words, no more."""


def why(error: Exception) -> str:
    """The doubt behind an error of the libraries, in words that quote nothing of the token."""
    if isinstance(error, ExpiredTokenError):
        return "the token has expired"
    if isinstance(error, ClaimError):
        return f"the claim {error.claim} is missing or wrong"
    if isinstance(error, InvalidKeyIdError):
        return "the token is signed by a key that the provider does not have"
    if isinstance(error, BadSignatureError):
        return "the token's signature does not fit"
    if isinstance(error, UnsupportedAlgorithmError):
        return "the token is signed in a way that is not taken"
    return "the token cannot be read"


def opened(text: str, known: Known, now: datetime) -> Token:
    """A token whose signature fits a key of the provider; raises Doubt.

    Where no key fits, the provider may have changed its keys: they are read once more.
    """
    if len(text) > LARGEST_TOKEN:
        raise Doubt("the token is too large")
    keys = known.keys(now)
    try:
        return _decoded(text, keys)
    except (InvalidKeyIdError, BadSignatureError) as unknown:
        newer = known.keys_anew(now, keys)
        if newer is None:
            raise Doubt(why(unknown)) from unknown
        return _decoded(text, newer)


def _decoded(text: str, keys: KeySet) -> Token:
    return jwt.decode(text, keys, registry=Signatures())


def proof_from(
    text: object, access_token: object, nonce: str, provider: Provider, known: Known, now: datetime
) -> Proof:
    """What an id_token proves (OpenID Connect Core 1.0, section 3.1.3.7); raises Doubt."""
    if not isinstance(text, str) or not text:
        raise Doubt("the provider sent no id_token")
    try:
        token = opened(text, known, now)
        _refuse_doubled_names(text)
        claims = _validated(token, access_token, nonce, provider, now)
        auth_time = claims.get("auth_time")
        at = EPOCH + timedelta(seconds=auth_time) if isinstance(auth_time, int) else None
    except BROKEN as bad:
        raise Doubt(why(bad)) from bad
    subject = word_in(claims, "sub")
    if subject is None:
        raise Doubt("the claim sub is missing or wrong")
    return Proof(
        provider=provider.name,
        issuer=provider.issuer,
        subject=subject,
        id_token=text,
        sid=word_in(claims, "sid"),
        acr=word_in(claims, "acr"),
        auth_time=at,
    )


def word_in(claims: Mapping[str, Any], name: str) -> str | None:
    """A claim that is kept or looked up, as text; None where it is absent.

    Raises Doubt for what is no text, or none that every database holds.
    """
    value = claims.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_WORD:
        raise Doubt(f"the claim {name} is missing or wrong")
    return value or None


def _validated(
    token: Token, access_token: object, nonce: str, provider: Provider, now: datetime
) -> dict[str, Any]:
    options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    given = {"nonce": nonce, "client_id": provider.client_id}
    if isinstance(access_token, str):
        given["access_token"] = access_token
    # The half hash of Ed25519 is that of EdDSA (RFC 9864, section 2.2).
    header = token.header | ({"alg": "EdDSA"} if token.header["alg"] == "Ed25519" else {})
    claims = CodeIDToken(token.claims, header, options, given)
    claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    if not for_us(claims, provider):
        raise Doubt("the token is for another audience")
    return dict(claims)


def for_us(claims: Any, provider: Provider) -> bool:
    """Whether we are the audience: the only one, or one of several and the authorized party."""
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    authorized = claims.get("azp", provider.client_id if len(audience) == 1 else None)
    return provider.client_id in audience and authorized == provider.client_id


def _refuse_doubled_names(text: str) -> None:
    # RFC 7519, section 4: names are unique; a reader that keeps the last is not the only one.
    payload = text.split(".")[1]
    bare = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))

    def single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise Doubt("a claim stands in the token twice")
        return dict(pairs)

    json.loads(bare, object_pairs_hook=single)
