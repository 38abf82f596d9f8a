"""One-time keys of links in e-mails: random, kept as hashes; with one a page answers unsigned.

A key opens nothing by itself: it says to whom an e-mail was sent, about what and when. Whether that
person may act is asked of the policy when they press the button.
"""

import secrets
from hashlib import sha256
from typing import Final

from portal.rules import KEYED

NO_KEY: Final[dict[str, str | None]] = dict.fromkeys(("secret", "key_hash"))


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(32)


def hash_key(key: str) -> str:
    """How a key is kept: SHA-256, since the key itself is random enough."""
    return sha256(key.encode()).hexdigest()


def key_of(template: str, resource_type: str) -> dict[str, str | None]:
    """What the row of an e-mail carries of a key: one of its own where its link answers."""
    if (template, resource_type) not in KEYED:
        return NO_KEY
    key = new_key()
    return {"secret": key, "key_hash": hash_key(key)}
