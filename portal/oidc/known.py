"""What is known of a provider: its metadata and keys, kept for a while and then asked for again.

Each is one value that is never changed, only put in place of the one before it, so threads share it
without a lock; none is held while the network is used.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

from portal.oidc.peer import Peer, Untrue
from portal.oidc.providers import Provider

METADATA_LIFE: Final = timedelta(hours=1)
KEYS_LIFE: Final = timedelta(hours=1)
MOST_KEYS: Final = 100
ANEW: Final = 5  # readings of the keys before their time, at most so many at once …
REGAINED: Final = timedelta(seconds=30)  # … and one more after each such time


@dataclass(frozen=True)
class Metadata:
    """What is used of the discovery document (OpenID Connect Discovery 1.0, section 3)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str = ""
    announces_iss: bool = False
    ways_in: tuple[str, ...] = ()
    algorithms: tuple[str, ...] = ()


def metadata_of(provider: Provider, said: dict[str, Any]) -> Metadata:
    """The metadata that a document holds; raises Untrue where it is another issuer's or unfit."""
    if said.get("issuer") != provider.issuer:
        raise Untrue(f"its metadata are those of issuer {_shown(said.get('issuer'))}")
    return Metadata(
        authorization_endpoint=_endpoint(provider, said, "authorization_endpoint"),
        token_endpoint=_endpoint(provider, said, "token_endpoint"),
        jwks_uri=_endpoint(provider, said, "jwks_uri"),
        end_session_endpoint=_endpoint(provider, said, "end_session_endpoint", needed=False),
        announces_iss=said.get("authorization_response_iss_parameter_supported") is True,
        ways_in=_words(said.get("token_endpoint_auth_methods_supported")),
        algorithms=_words(said.get("id_token_signing_alg_values_supported")),
    )


def _shown(value: object) -> str:
    return f"{value!r:.100}"


def _words(value: object) -> tuple[str, ...]:
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _endpoint(provider: Provider, said: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = said.get(name)
    if value is None and not needed:
        return ""
    schemes = ("https",) if provider.issuer.startswith("https:") else ("https", "http")
    try:
        parts = urlsplit(value) if isinstance(value, str) and value.isprintable() else None
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in schemes or not parts.hostname:
        raise Untrue(f"its {name} is {_shown(value)}")
    return str(value)


def keys_of(said: dict[str, Any]) -> KeySet:
    """The public keys of a key set (RFC 7517) that can be used; the others are left out.

    Raises Untrue where there is none.
    """
    found = said.get("keys")
    if not isinstance(found, list) or len(found) > MOST_KEYS:
        raise Untrue("it has no set of keys")
    keys = list(_usable(found))
    if not keys:
        raise Untrue("it has no key that can be used")
    return KeySet(keys)


def _usable(found: list[Any]) -> Iterable[Key]:
    for said in found:
        if not isinstance(said, dict) or said.get("kty") == "oct" or said.get("use") == "enc":
            continue
        try:
            yield JWKRegistry.import_key(said)
        except (JoseError, ValueError, TypeError, KeyError, ArithmeticError):
            continue


class Budget:
    """So many acts at once, and one more after each time that has passed."""

    def __init__(self, most: int, regained: timedelta) -> None:
        self._most, self._regained = most, regained
        self._left, self._at = most, None
        self._lock = threading.Lock()

    _at: datetime | None

    def take(self, now: datetime) -> bool:
        """Whether one more is allowed now."""
        with self._lock:
            at = self._at or now
            gained = max(0, (now - at) // self._regained)
            self._left = min(self._most, self._left + gained)
            self._at = at + gained * self._regained if self._left < self._most else now
            if not self._left:
                return False
            self._left -= 1
            return True


class Known:
    """Metadata and keys of one provider, as they were last read."""

    def __init__(self, provider: Provider, peer: Peer) -> None:
        self._provider, self._peer = provider, peer
        self._metadata: tuple[Metadata, datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None
        self._budget = Budget(ANEW, REGAINED)

    def remembered(self) -> Metadata | None:
        """The metadata as last read, however long ago; the network is not used."""
        return self._metadata[0] if self._metadata else None

    def metadata(self, now: datetime) -> Metadata:
        """The metadata, at most an hour old; raises Unreachable or Untrue."""
        kept = self._metadata
        if kept and now < kept[1]:
            return kept[0]
        with self._peer.turn(now):
            kept = self._metadata
            if kept and now < kept[1]:  # somebody else has read it while we waited
                return kept[0]
            said = self._peer.ask(self._provider.discovery, now).document()
            found = metadata_of(self._provider, said)
            self._metadata = found, now + METADATA_LIFE
            return found

    def keys(self, now: datetime) -> KeySet:
        """Its keys, at most an hour old; raises Unreachable or Untrue."""
        kept = self._keys
        return kept[0] if kept and now < kept[1] else self._read_keys(now, kept)

    def keys_anew(self, now: datetime, seen: KeySet) -> KeySet | None:
        """Its keys read again, since `seen` lacks one; None where that was done too often.

        Forged key ids could otherwise make the portal ask the provider without end.
        """
        kept = self._keys
        if kept and kept[0] is not seen:
            return kept[0]
        return self._read_keys(now, kept) if self._budget.take(now) else None

    def _read_keys(self, now: datetime, before: tuple[KeySet, datetime] | None) -> KeySet:
        where = self.metadata(now).jwks_uri
        with self._peer.turn(now):
            kept = self._keys
            if kept and kept is not before:
                return kept[0]
            found = keys_of(self._peer.ask(where, now).document())
            self._keys = found, now + KEYS_LIFE
            return found
