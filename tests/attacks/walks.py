"""How a long walk over all addresses is shared among the people of the cast and the two engines."""

import os
import re
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Engine

LONG: Final = bool(os.environ.get("LONG_WALKS"))
EVERY: Final = 1 if LONG else 6
ABOUT_ONE: Final = re.compile(r"/[A-Z]-\d\d-\w{6}|canary-")


def share(walk: Sequence[str], turn: int, engine: Engine) -> list[str]:
    """What the person with this number visits on an engine: all lists, and a sixth of the rest.

    The rest are the addresses of each resource and the searches for each word of it. Whether it may
    be read is one question for all of them, so each is visited by every sixth person on SQLite and
    by others on PostgreSQL, and each person visits every third one of each resource in all. With
    LONG_WALKS=1 everybody visits everything on both. The page of each resource itself is visited by
    everybody on both in the tests that everybody finds what is theirs, and no more.
    """
    second = engine.dialect.name == "postgresql"
    turn += EVERY // 2 if second else 0
    return [
        address
        for number, address in enumerate(walk)
        if (number + turn) % EVERY == 0 or not ABOUT_ONE.search(address)
    ]


def ticked(noun: str, refs: Iterable[str]) -> list[str]:
    """The addresses of all of these ticked at once in a list: the page and its table."""
    query = "&".join(f"ref={ref}" for ref in refs)
    return [f"/{noun}/{page}?{query}" for page in ("selected", "selected.csv")]
