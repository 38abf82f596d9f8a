"""What a certificate of completion is worth: its facts, and a digest over them."""

import hashlib
from typing import Final

from models.training import Completion

FACTS: Final = ("ref", "unit", "text_of", "completed_at", "expires_at")


def certificate_digest(completion: Completion, person_ref: str) -> str:
    """SHA-256 over the facts of a certificate: 64 hexadecimal digits.

    A line each, UTF-8, with a line feed behind it: the reference, the unit, the day of its text,
    when it was completed and expires (ISO 8601, UTC), the reference of the person. Names are not
    among them, since a person may change theirs.
    """
    said = [getattr(completion, name) for name in FACTS]
    lines = [one.isoformat() if hasattr(one, "isoformat") else str(one) for one in said]
    return hashlib.sha256(
        "".join(f"{line}\n" for line in (*lines, person_ref)).encode()
    ).hexdigest()
