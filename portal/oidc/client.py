"""The portal as a client of one provider: a sign-in begun and proved, a sign-out on both sides."""

import re
import secrets
import threading
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus

import httpx
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwt import JWTClaimsRegistry

from portal.oidc.known import Known, Metadata
from portal.oidc.peer import ALTOGETHER, Peer
from portal.oidc.proof import BROKEN, LONGEST_WORD, Doubt, opened, proof_from, why, word_in
from portal.oidc.providers import Provider
from portal.signins import Proof

LOGOUT_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TOKEN_LIFE: Final = 300
BEGUN: Final = "oidc"  # the entry of the browser's session
MOST_BEGUN: Final = 5  # sign-ins that a browser may have begun and not finished
BEGUN_LIFE: Final = 3600
ERROR_CODE: Final = re.compile(r"[a-z_]{1,40}")
Kept = MutableMapping[str, Any]


@dataclass(frozen=True)
class LogoutNotice:
    """A provider's word that a session of its own, or all of a subject's, has ended."""

    sid: str | None
    subject: str | None
    jti: str


class Client:
    """What the portal asks of one provider."""

    def __init__(self, provider: Provider, peer: Peer) -> None:
        self.provider, self.peer = provider, peer
        self.known = Known(provider, peer)

    def begin(self, kept: Kept, back: str, now: datetime) -> str:
        """Where to send the browser to sign in; state, nonce and verifier stay in its session.

        Raises Unreachable or Untrue.
        """
        metadata = self.known.metadata(now)
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        verifier = secrets.token_urlsafe(48)
        begun = [self.provider.name, state, nonce, verifier, int(now.timestamp())]
        kept[BEGUN] = [*_live(kept, now), begun][-MOST_BEGUN:]
        return str(
            prepare_grant_uri(
                metadata.authorization_endpoint,
                self.provider.client_id,
                "code",
                redirect_uri=back,
                scope=" ".join(self.provider.scopes),
                state=state,
                nonce=nonce,
                code_challenge=create_s256_code_challenge(verifier),
                code_challenge_method="S256",
            )
        )

    def prove(self, kept: Kept, answer: Mapping[str, str], back: str, now: datetime) -> Proof:
        """Finish a sign-in from what the browser brought back; raises Doubt.

        A begun sign-in is used up, but not where Unreachable is raised: the browser may try again.
        """
        state = answer.get("state")
        begun = [one for one in _live(kept, now) if one[:2] == [self.provider.name, state]]
        if not begun:
            raise Doubt("the sign-in was not begun in this browser, or was finished before")
        nonce, verifier = begun[0][2:4]
        if "error" in answer:
            self._forget(kept, state, now)
            code = answer["error"]
            shown = code if ERROR_CODE.fullmatch(code) else "an error"
            raise Doubt(f"the provider answered {shown}")
        try:
            said = self._exchange(answer, verifier, back, now)
            proof = proof_from(
                said.get("id_token"), said.get("access_token"), nonce, self.provider, self.known,
                now,
            )  # fmt: skip
        except Doubt:
            self._forget(kept, state, now)
            raise
        self._forget(kept, state, now)
        return proof

    def _forget(self, kept: Kept, state: object, now: datetime) -> None:
        kept[BEGUN] = [one for one in _live(kept, now) if one[1] != state]

    def _exchange(
        self, answer: Mapping[str, str], verifier: str, back: str, now: datetime
    ) -> dict[str, Any]:
        # The code for tokens (RFC 6749, section 4.1.3, and RFC 7636, section 4.5).
        metadata = self.known.metadata(now)
        issuer = answer.get("iss")
        if (metadata.announces_iss or issuer is not None) and issuer != self.provider.issuer:
            raise Doubt("the answer is another provider's")
        code = answer.get("code")
        if not code:
            raise Doubt("the provider sent no code")
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        auth = self._basic(metadata)
        if auth is None:
            form |= {
                "client_id": self.provider.client_id,
                "client_secret": self.provider.client_secret,
            }
        with self.peer.turn(now):
            came = self.peer.ask(metadata.token_endpoint, now, form=form, auth=auth)
        if came.status in (400, 401, 403):
            raise Doubt("the provider did not take the code")
        return came.document()

    def _basic(self, metadata: Metadata) -> httpx.Auth | None:
        # RFC 6749, section 2.3.1: both are encoded as in a form first.
        if "client_secret_post" in metadata.ways_in and "client_secret_basic" not in (
            metadata.ways_in
        ):
            return None
        name, secret = self.provider.client_id, self.provider.client_secret
        return httpx.BasicAuth(quote_plus(name), quote_plus(secret))

    def sign_out(self, id_token: str, back: str, now: datetime) -> str | None:
        """Where to send the browser to sign out there; None where the provider has no such page.

        OpenID Connect RP-Initiated Logout 1.0. Raises Unreachable or Untrue, but only where nothing
        is remembered of the provider.
        """
        metadata = self.known.remembered() or self.known.metadata(now)
        if not metadata.end_session_endpoint:
            return None
        asked = {
            "id_token_hint": id_token,
            "client_id": self.provider.client_id,
            "post_logout_redirect_uri": back,
        }
        return str(add_params_to_uri(metadata.end_session_endpoint, list(asked.items())))

    def read_logout(self, text: str, now: datetime) -> LogoutNotice:
        """Check a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6).

        Raises Doubt; Unreachable or Untrue where the provider's keys cannot be read.
        """
        try:
            claims = opened(text, self.known, now).claims
            self._insist(claims, now)
        except BROKEN as bad:
            raise Doubt(why(bad)) from bad
        jti = word_in({"jti": str(claims["jti"])[:LONGEST_WORD]}, "jti")
        return LogoutNotice(word_in(claims, "sid"), word_in(claims, "sub"), jti or "")

    def _insist(self, claims: dict[str, Any], now: datetime) -> None:
        JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=60,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client_id},
            iat={"essential": True},
            jti={"essential": True},
        ).validate(claims)
        events = claims.get("events")
        if not isinstance(events, dict) or LOGOUT_EVENT not in events or "nonce" in claims:
            raise Doubt("the token is not one of sign-out")
        if not (claims.get("sid") or claims.get("sub")):
            raise Doubt("the token names no session and no subject")
        if abs(now.timestamp() - claims["iat"]) > LOGOUT_TOKEN_LIFE:
            raise Doubt("the token is too old")


def _live(kept: Kept, now: datetime) -> list[list[Any]]:
    since = now.timestamp() - BEGUN_LIFE
    return [one for one in kept.get(BEGUN, []) if one[4] > since]


def clients_of(providers: Mapping[str, Provider], seconds: float) -> dict[str, Client]:
    """A client for each provider, which gives it so long for an answer.

    They share the places for what waits on the network.
    """
    tls, places = httpx.create_ssl_context(), threading.BoundedSemaphore(ALTOGETHER)
    return {name: Client(one, Peer(tls, places, seconds)) for name, one in providers.items()}
