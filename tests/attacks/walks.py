"""How a long walk over all addresses is shared among the people of the cast."""

import os
from collections.abc import Sequence
from typing import Final

EVERY: Final = 1 if os.environ.get("LONG_WALKS") else 3


def share(walk: Sequence[str], turn: int) -> list[str]:
    """What the person with this number visits: lists and pages, and a third of the rest.

    The rest are the addresses below each resource and the searches for each word of it. Whether it
    may be read is one question for all of them, so each is visited by every third person, and each
    person visits every third one of each resource; with LONG_WALKS=1 everybody visits all.
    """
    return [
        address
        for number, address in enumerate(walk)
        if (number + turn) % EVERY == 0 or (address.count("/") < 3 and "canary-" not in address)
    ]
