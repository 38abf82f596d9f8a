"""What listens for answers to invitations at the address that the settings name."""

from collections.abc import Callable
from urllib.parse import urlsplit

from portal.calendars import Listener, Reply

LMTP = "lmtp"


def listener(url: str, take: Callable[[Reply], bool]) -> Listener:
    """What listens at `lmtp://host:port` (or `smtp://…`), not started yet; `take` gets each reply.

    Whether a reply counted is said to nobody who may have guessed: neither to the mail server that
    handed it over, nor in the log. The person hears by e-mail, the organisers by the page.
    """
    parts = urlsplit(url)
    return Listener(take, parts.hostname or "", parts.port or 0, lmtp=parts.scheme == LMTP)
