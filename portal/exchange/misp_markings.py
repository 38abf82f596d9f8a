"""Restrictions of a MISP event: tags, distribution and sharing groups, wherever they stand.

All of the file counts, taken or not: the event, its objects, attributes, reports, proposals and
galaxies. Only related events are others' and are left alone.
"""

from collections.abc import Iterator
from typing import Any, Final

from portal.exchange.markings import Markings
from portal.exchange.values import listed

OTHERS: Final = frozenset({"relatedevent"})
# Relations of objects that class an incident, not who may read of it.
OF_INCIDENTS: Final = "classification"
# Where people write sentences; the title (`info`) is read before.
PROSE: Final = frozenset({"comment", "content", "description", "summary"})
FREE: Final = ("text", "other")
# `EventTag` and `AttributeTag` tie a tag to its bearer, in files written by the server itself.
TAGS: Final = frozenset({"tag", "tags", "eventtag", "attributetag"})


def read_markings(wrapper: dict[str, Any], event: dict[str, Any], markings: Markings) -> None:
    """Gather what restricts an event and all in it; `wrapper` is the object that holds it."""
    own = Markings()
    for name in _tag_names(event):
        own.tag(name)
    own.title(event.get("info"))
    markings.stated = bool(own.tlp or own.least)
    markings.title(event.get("info"))
    waiting: list[Any] = [wrapper]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            for sentences in _prose(thing):
                markings.prose(sentences)
            if "content" in thing:  # a report, of which the name is the title
                markings.name(thing.get("name"))
            waiting.extend(_inside(thing, thing is event, markings))
        elif isinstance(thing, str):
            markings.text(thing)


def _inside(row: dict[str, Any], is_event: bool, markings: Markings) -> Iterator[Any]:
    relation = row.get("object_relation")
    if isinstance(relation, str) and not relation.casefold().startswith(OF_INCIDENTS):
        markings.field(relation, row.get("value"))
    for key, value in row.items():
        word = key.casefold()
        if word in TAGS:
            for name in _names(value):
                markings.tag(name)
        elif word == "distribution":
            markings.distribution(value, of_event=is_event)
            yield value
        elif word == "sharing_group_id":
            markings.sharing_group(value)
        elif word == "sharinggroup":
            for group in listed(value):
                markings.sharing_group(_name_of(group))
        elif word not in OTHERS:
            markings.field(key, value)
            yield value


def _prose(row: dict[str, Any]) -> Iterator[Any]:
    # A text of its own becomes a line of the notice; inside an object it is the value of a field.
    sort = row.get("type")
    own = sort == "comment" or (sort in FREE and not row.get("object_relation"))
    comments = {"value"} if own else set()
    return (value for key, value in row.items() if key.casefold() in PROSE | comments)


def _tag_names(event: dict[str, Any]) -> Iterator[Any]:
    for key, value in event.items():
        if key.casefold() in TAGS:
            yield from _names(value)


def _names(value: Any) -> Iterator[Any]:
    """The names of tags: usually objects in a list, at times plain texts, or one without a list."""
    for tie in listed(value):
        tag = tie.get("Tag", tie) if isinstance(tie, dict) else tie
        yield tag.get("name", tag) if isinstance(tag, dict) else tag


def _name_of(group: Any) -> Any:
    if not isinstance(group, dict):
        return group
    named = (group.get(key) for key in ("name", "uuid", "id"))
    return next((name for name in named if name), "?") if group else None
