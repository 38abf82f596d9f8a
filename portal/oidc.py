"""Sign-in through OpenID Connect providers: what is asked of them, what is believed.

Authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636). Authlib does
the protocol; on top of it this room insists on an id_token, one explicit list of algorithms, the
issuer and our own client id as audience, and the `iss` answer parameter (RFC 9207).
"""

import base64
import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from portal.errors import Refused
from portal.signins import Proof

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
TIMEOUT = 10
LOGOUT_TOKEN_LIFE = 300


@dataclass(frozen=True)
class Provider:
    """One provider of the settings' file."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...] = ("openid", "profile", "email")

    @property
    def origin(self) -> str:
        """Scheme and host, for the content security policy."""
        scheme, _, rest = self.issuer.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"


def providers_from(path: Path | None) -> dict[str, Provider]:
    """The providers of a TOML file, a table each."""
    if path is None:
        return {}
    tables = tomllib.loads(path.read_text())
    return {
        name: Provider(
            name=name,
            label=table.get("label", name),
            issuer=table["issuer"],
            client_id=table["client_id"],
            client_secret=table["client_secret"],
            scopes=tuple(table.get("scopes", Provider.scopes)),
        )
        for name, table in tables.items()
    }


def register(providers: dict[str, Provider]) -> OAuth:
    """An Authlib registry of the providers; their metadata is fetched at first use."""
    oauth = OAuth()
    for provider in providers.values():
        oauth.register(
            provider.name,
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": " ".join(provider.scopes),
                "code_challenge_method": "S256",
                "timeout": TIMEOUT,
            },
        )
    return oauth


def prove(client: FlaskOAuth2App, provider: Provider, answer_iss: str | None) -> Proof:
    """Finish a sign-in from the provider's answer to the callback; raises Refused for any doubt."""
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != provider.issuer:
        raise Refused("issuer of the metadata")
    announced = metadata.get("authorization_response_iss_parameter_supported", False)
    if (announced or answer_iss is not None) and answer_iss != provider.issuer:
        raise Refused("iss parameter")
    # What the provider says it could sign with is not asked: the list is ours alone.
    metadata["id_token_signing_alg_values_supported"] = ALGORITHMS
    token = client.authorize_access_token(
        claims_options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        }
    )
    claims = token.get("userinfo")
    if not token.get("id_token") or not claims:
        raise Refused("no id_token")
    _refuse_doubled_names(token["id_token"])
    _insist(claims, provider)
    auth_time = claims.get("auth_time")
    return Proof(
        provider=provider.name,
        issuer=provider.issuer,
        subject=claims["sub"],
        id_token=token["id_token"],
        sid=claims.get("sid"),
        acr=claims.get("acr"),
        auth_time=datetime.fromtimestamp(auth_time, UTC) if isinstance(auth_time, int) else None,
    )


def _refuse_doubled_names(text: str) -> None:
    # RFC 7519, section 4: names are unique; a reader that keeps the last is not the only one.
    payload = text.split(".")[1]
    bare = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))

    def single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise Refused("doubled claim")
        return dict(pairs)

    json.loads(bare, object_pairs_hook=single)


def _insist(claims: Any, provider: Provider) -> None:
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if audience != [provider.client_id] or claims.get("azp", provider.client_id) != (
        provider.client_id
    ):
        raise Refused("audience")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise Refused("subject")


@dataclass(frozen=True)
class LogoutNotice:
    """A provider's word that a session of its own, or all of a subject's, has ended."""

    sid: str | None
    subject: str | None
    jti: str


def read_logout(
    client: FlaskOAuth2App, provider: Provider, text: str, now: datetime
) -> LogoutNotice:
    """Check a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6); raises Refused."""
    try:
        token = jwt.decode(text, KeySet.import_key_set(client.fetch_jwk_set()), ALGORITHMS)
        registry = JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=60,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
            iat={"essential": True},
            jti={"essential": True},
        )
        registry.validate(token.claims)
    except (JoseError, ValueError) as bad:
        raise Refused("logout token") from bad
    claims = token.claims
    events = claims.get("events")
    fresh = abs(now.timestamp() - claims["iat"]) <= LOGOUT_TOKEN_LIFE
    named = claims.get("sid") or claims.get("sub")
    if not fresh or not named or "nonce" in claims:
        raise Refused("logout token")
    if not isinstance(events, dict) or LOGOUT_EVENT not in events:
        raise Refused("logout token")
    return LogoutNotice(claims.get("sid"), claims.get("sub"), str(claims["jti"])[:255])
