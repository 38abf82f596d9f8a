"""Who answers: a token for each person and meeting, made from the secret and never stored.

It stands in the address that answers go to, and that is the organiser's in all e-mails about one
meeting; so it has to stay the same whoever is seated or left out meanwhile, and hangs on the person
and not on a row that comes and goes (SQLite gives the number of a deleted row to the next one).
"""

import hmac
from base64 import b32encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INFO: Final = b"good-offices answers to invitations, key of the tokens, version 1"
LENGTH: Final = 32  # e-mails of base 32: 160 bits


@dataclass(frozen=True)
class ReplyTo:
    """Where answers go, and the keys of tokens: the first makes them, an older one still counts."""

    address: str
    keys: tuple[bytes, ...] = field(repr=False)


def reply_to(address: str, *secrets: str) -> ReplyTo:
    """Where answers go, with keys made from the secrets (RFC 5869); empty ones are none."""
    return ReplyTo(address, tuple(_key_from(secret) for secret in secrets if secret))


def _key_from(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(secret.encode())


def token_of(key: bytes, uid: str, person_id: int) -> str:
    """The token of a person for a meeting: lower-case e-mails and digits alone."""
    digest = hmac.digest(key, f"{uid}\n{person_id}".encode(), sha256)
    return b32encode(digest)[:LENGTH].decode().lower()


def is_token_of(keys: tuple[bytes, ...], uid: str, person_id: int, token: str) -> bool:
    """Whether this is the person's token under any of the keys, in time that tells nothing."""
    # Some mail servers change the case of an address.
    given = token.lower().encode()
    made = [token_of(key, uid, person_id).encode() for key in keys]
    return any(hmac.compare_digest(one, given) for one in made)


def uid_of(ref: str, base_url: str) -> str:
    """What a meeting is called in calendars, for ever: its reference at the portal's host."""
    return f"{ref}@{urlsplit(base_url).hostname or 'localhost'}".lower()
