"""How a long walk over all addresses is shared among the people of the cast and the two engines."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import Engine

LONG: Final = bool(os.environ.get("LONG_WALKS"))
EVERY: Final = 1 if LONG else 6
ABOUT_ONE: Final = re.compile(r"/[A-Z]-\d\d-\w{6}|canary-")


def shared(
    walk: Sequence[str], people: Iterable[str], engine: Engine, everywhere: str = ""
) -> Iterator[tuple[str, str]]:
    """Who visits which address on an engine: everybody all lists, and a sixth of the rest.

    The rest are the addresses of each resource and the searches for each word of it. Whether it may
    be read is one question for all of them, so each is visited by every sixth person on SQLite and
    by others on PostgreSQL, and each person visits every third one of each resource in all. With
    LONG_WALKS=1 everybody visits everything on both, as does whoever is to go `everywhere`. The
    page of each resource itself is visited by everybody on both in the tests that everybody finds
    what is theirs, and no more.

    All people visit an address before any visits the next: a connection to PostgreSQL keeps 200
    plans, and a whole walk has more questions, each of which takes longer to plan than to answer.
    """
    first = EVERY // 2 if engine.dialect.name == "postgresql" else 0
    names = list(people)
    for number, address in enumerate(walk):
        for turn, name in enumerate(names, first):
            theirs = (number + turn) % EVERY == 0 or name == everywhere
            if theirs or not ABOUT_ONE.search(address):
                yield name, address


def ticked(noun: str, refs: Iterable[str]) -> list[str]:
    """The addresses of all of these ticked at once in a list: the page and its table."""
    query = "&".join(f"ref={ref}" for ref in refs)
    return [f"/{noun}/{page}?{query}" for page in ("selected", "selected.csv")]
