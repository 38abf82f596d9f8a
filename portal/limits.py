"""How often something may be asked for, and what is said to whoever asks too often."""

import math
from datetime import datetime
from typing import Final

from flask import Response, request
from flask_limiter import Limiter
from flask_login import current_user

from portal.error_handlers import passing
from portal.language import ngettext

# Acts that send e-mails to others, counted apart for each door.
WRITES_EMAILS: Final = "240/hour"
# What the public reads, counted together for each address.
PUBLIC_READS: Final = "1200/hour"


def caller() -> str:
    """Whom a rate limit counts: the person where one is signed in, the address otherwise."""
    if current_user.is_authenticated:
        return f"person:{current_user.here.actor.person_id}"
    return f"address:{request.remote_addr}"


def address() -> str:
    """The address that asks: for pages where nobody is known, and no cookie is looked at."""
    return f"public:{request.remote_addr}"


limiter = Limiter(caller, default_limits=[])


def answer_limited(now: datetime) -> Response:
    """The answer to one request too many, with the seconds that are left (RFC 9110, 10.2.3)."""
    hit = limiter.current_limit
    # Of a window that ends now, or by another clock long ago, at least a second is left.
    left = math.ceil(hit.reset_at - now.timestamp()) if hit else 0
    left = min(max(left, 1), hit.limit.get_expiry() if hit else 1)
    minutes = math.ceil(left / 60)
    answer = passing(
        429,
        ngettext(
            "You can send this again in a minute.",
            "You can send this again in %(num)s minutes.",
            minutes,
        ),
    )
    answer.headers["Retry-After"] = str(left)
    return answer
