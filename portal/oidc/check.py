"""Whether a provider can be used, asked before anybody has to sign in: `flask providers check`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import Key

from portal.errors import PortalError
from portal.oidc.client import Client
from portal.oidc.known import Metadata, keys_of, metadata_of
from portal.oidc.peer import Answer
from portal.oidc.proof import ALGORITHMS

CLOCKS_MAY_DIFFER: Final = timedelta(seconds=60)
LARGEST_PAGE: Final = 4 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, and what was seen."""

    well: bool
    what: str
    seen: str


def check(client: Client, back: str, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Ask a provider for all that a sign-in needs but the person; `back` is our redirect address.

    The clock is read again for each question, since a slow provider takes its time.
    """
    try:
        answer = _ask(client, client.provider.discovery, clock())
        metadata = metadata_of(client.provider, answer.document())
    except PortalError as fault:
        yield Finding(False, "discovery", f"{client.provider.discovery}: {fault}")
        return
    yield Finding(True, "discovery", client.provider.discovery)
    yield _clock(answer, clock())
    yield from _endpoints(metadata)
    yield _algorithms(metadata)
    yield _keys(client, metadata, clock())
    yield _redirect(client, metadata, back, clock())


def _ask(client: Client, url: str, now: datetime) -> Answer:
    with client.peer.turn(now):
        return client.peer.ask(url, now, largest=LARGEST_PAGE)


def _clock(answer: Answer, now: datetime) -> Finding:
    try:
        ahead = parsedate_to_datetime(answer.headers.get("Date", "")) - now
    except (ValueError, TypeError):
        return Finding(True, "clock", "the provider does not say what time it is")
    seconds = round(ahead.total_seconds())
    said = f"the provider's is {abs(seconds)} s {'ahead of' if seconds > 0 else 'behind'} ours"
    return Finding(abs(ahead) <= CLOCKS_MAY_DIFFER, "clock", said)


def _endpoints(metadata: Metadata) -> Iterator[Finding]:
    yield Finding(True, "authorization endpoint", metadata.authorization_endpoint)
    yield Finding(True, "token endpoint", metadata.token_endpoint)
    none = "none: signing out here leaves people signed in there"
    yield Finding(True, "sign-out endpoint", metadata.end_session_endpoint or none)


def _algorithms(metadata: Metadata) -> Finding:
    ours = [name for name in metadata.algorithms if name in ALGORITHMS]
    said = ", ".join(metadata.algorithms) or "not said"
    return Finding(bool(ours), "algorithms", f"{said}; taken of them: {', '.join(ours) or 'none'}")


def _keys(client: Client, metadata: Metadata, now: datetime) -> Finding:
    try:
        keys = keys_of(_ask(client, metadata.jwks_uri, now).document()).keys
    except PortalError as fault:
        return Finding(False, "keys", f"{metadata.jwks_uri}: {fault}")
    return Finding(True, "keys", ", ".join(_named(key) for key in keys))


def _named(key: Key) -> str:
    curve = key.as_dict(private=False).get("crv")
    return f"{key.kid} ({key.key_type}{f' {curve}' if curve else ''})"


def _redirect(client: Client, metadata: Metadata, back: str, now: datetime) -> Finding:
    # A sign-in that must not ask the person anything: a provider that knows our address sends the
    # browser back to it with an error (OpenID Connect Core 1.0, section 3.1.2.6).
    url = prepare_grant_uri(
        metadata.authorization_endpoint,
        client.provider.client_id,
        "code",
        redirect_uri=back,
        scope=" ".join(client.provider.scopes),
        state="check",
        nonce="check",
        prompt="none",
        code_challenge=create_s256_code_challenge("check" * 10),
        code_challenge_method="S256",
    )
    try:
        answer = _ask(client, url, now)
    except PortalError as fault:
        return Finding(False, "redirect address", f"{back}: {fault}")
    if answer.headers.get("Location", "").startswith(f"{back}?"):
        return Finding(True, "redirect address", f"{back} is known there")
    if answer.status >= 400:
        refused = f"{back} (or the client id) is refused with status {answer.status}: register it"
        return Finding(False, "redirect address", refused)
    return Finding(True, "redirect address", f"{back}: the provider does not say; sign in to see")
