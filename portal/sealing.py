"""Sealing: content under a key of the portal, bound to the reference of its row.

AES-GCM (NIST SP 800-38D) with a random nonce before the content; the reference is associated data,
so that what is sealed for one row opens for no other. Keys are derived by HKDF-SHA256 (RFC 5869)
from the portal's secret, each for one use (`info`).
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES: Final = 12
SELF_CHECKS: Final = b"good-offices self-checks, key of the answers, version 1"


class Unreadable(Exception):
    """What is sealed does not open: another key, another row, or it was changed."""


def derived(secret: str, info: bytes) -> bytes:
    """The portal's key (32 bytes) for one use, from a random secret."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())


def seal(key: AESGCM, ref: str, content: bytes) -> bytes:
    """The content, sealed for the row of this reference."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + key.encrypt(nonce, content, ref.encode())


def unseal(key: AESGCM, ref: str, sealed: bytes) -> bytes:
    """The content again; raises Unreadable."""
    try:
        return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], ref.encode())
    except (InvalidTag, ValueError) as fault:
        raise Unreadable(ref) from fault


class Sealer:
    """Seals and opens with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = AESGCM(key)

    def seal(self, ref: str, content: bytes) -> bytes:
        """The content, sealed for the row of this reference."""
        return seal(self._key, ref, content)

    def unseal(self, ref: str, sealed: bytes) -> bytes:
        """The content again; raises Unreadable."""
        return unseal(self._key, ref, sealed)
