"""What is shown of a hit, in the same columns for every noun, and whether it may be."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, func, literal_column, null, select

from models.stakeholders import Organisation
from portal.access import READER, predicate
from portal.catalogue import NOUNS, Noun, Search
from portal.db import alias, written
from portal.parameters import NOTHING, NOW
from portal.search.looking import LONGEST

FEW: Final = 8
MOST_PARTIES: Final = 3
# Where a text that is shown begins, and how many letters it has at most.
SHOWN_OF_TEXT: Final = tuple(literal_column(str(place), Integer()) for place in (1, LONGEST))
PARTY: Final = alias(Organisation, "party")
# The nouns that can be found, and how.
SEARCHED: Final = {
    noun.name: (noun, noun.search) for noun in NOUNS if isinstance(noun.search, Search)
}
Searched = tuple[Noun[Any], Search]


def readable_of(noun: Noun[Any], search: Search) -> ColumnElement[bool]:
    """Whether whoever asks may find resources of the noun."""
    return predicate(noun.policy, search.verb, READER, NOW)


def question_of(noun: Noun[Any], search: Search, said: Any = None) -> Select[Any]:
    """What is shown of hits, in the same columns for every noun; `said` is text found in a part."""
    model: Any = noun.policy.model
    texts = (said,) if said is not None else search.sources[0].said if search.sources else ()
    own = [text for text in texts if said is not None or _is_of(text, model)]
    first, second, *_more = (*own, NOTHING, NOTHING)
    return select(
        written(noun.name).label("noun"),
        model.id.label("id"),
        model.ref.label("ref"),
        noun.shown_title.label("title"),
        func.substr(first, *SHOWN_OF_TEXT).label("first"),
        func.substr(second, *SHOWN_OF_TEXT).label("second"),
        (model.tlp if noun.marked else NOTHING).label("tlp"),
        model.state.label("state"),
        search.at.label("at"),
        *(name.label(f"party_{n}") for n, name in enumerate(_names(search, model))),
    )


def _is_of(text: Any, model: Any) -> bool:
    return getattr(text, "class_", None) is model


def _names(search: Search, model: Any) -> Iterator[Any]:
    for key in search.parties:
        named = select(PARTY.name).where(PARTY.id == key)
        yield named.correlate(model).scalar_subquery()
    for _ in range(MOST_PARTIES - len(search.parties)):
        yield null()
