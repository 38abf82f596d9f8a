"""How a long walk over all addresses is shared among the people of the cast."""

import os
from collections.abc import Sequence
from typing import Final

EVERY: Final = 1 if os.environ.get("LONG_WALKS") else 3


def share(walk: Sequence[str], turn: int) -> list[str]:
    """What the person with this number visits: lists, pages and searches, and a third of the rest.

    Whether something may be read is one question whatever the address below it, so each address is
    visited by every third person, and each person visits every third address of each resource; with
    LONG_WALKS=1 everybody visits all.
    """
    return [
        address
        for number, address in enumerate(walk)
        if address.count("/") < 3 or "/search" in address or (number + turn) % EVERY == 0
    ]
