"""Which resources of a noun have certain words, for its list: by the same indexes as the search.

Of a noun with parts only those count that the person may read; the list asks the policy of the
resource itself. Looked at are the 2,000 newest that have the words.
"""

from typing import Any, Final

from sqlalchemy import select

from portal.catalogue import Search
from portal.parameters import ME
from portal.parsing import LARGEST
from portal.search.looking import BELOW, SQLITE, asked_for, by_index, in_parts, matching
from portal.search.shown import SEARCHED
from portal.search.words import printable, words_of
from portal.walks import Hits, Walks

MOST: Final = 2000


def hits_of(noun: str, asked: str, engine: str) -> Hits | None:
    """What a list of the noun is narrowed to; None where nothing is asked for."""
    asked = printable(asked)
    if not words_of(asked):
        return None
    values = asked_for(asked, engine) | {BELOW.key: LARGEST}
    return Hits(_keys(SEARCHED[noun][1], engine), values)


def prepare_lists(engine: str) -> None:
    """Build the questions of all walks for an engine, before an application serves."""
    for _noun, search in SEARCHED.values():
        if isinstance(search.walks, Walks):
            search.walks.prepare(engine, _keys(search, engine))


def _keys(search: Search, engine: str) -> Any:
    if not search.newest_first:
        found = in_parts(search, engine, ME)
    elif engine == SQLITE:
        found = matching(search.sources[0])
    else:
        found = by_index(search.sources[0])
    return select(found.c.id).order_by(found.c.id.desc()).limit(MOST)
