"""What nobody sees is in no title, whichever form it is typed into; and a NUL loses nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import JSON, String, select

from models import Base
from models.lines import in_lines
from portal.db import reading
from tests.cast import World
from tests.forms.filled import typed
from tests.forms.scenes import SCENES
from tests.forms.test_all_faults import named
from tests.forms.test_creates_once import BUTTONS, LED_ON, chosen, form_of, ready
from tests.pages import Visitor, fields_of

Come = Callable[..., Visitor]
HIDDEN, TURN = "\0\u200b\u202e\x07", "\u202e"
TRIES = 4


def with_hidden(values: dict[str, Any], lines: set[str], areas: set[str]) -> dict[str, Any]:
    """The same with letters that nobody sees in each text, so that its words stay what they are."""
    changed = dict(values)
    for name in lines & values.keys():
        said = first(values[name])
        changed[name] = f"{said[:1]}{HIDDEN}{said[1:]}" if said else HIDDEN
    for name in areas & values.keys():
        changed[name] = f"{first(values[name])}\nNot\0 {TURN}so\x07\nas it looks"
    return changed


def first(value: Any) -> str:
    return str(value[0]) if isinstance(value, list) and value else str(value or "")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def kept(world: World) -> Iterator[tuple[str, str]]:
    """Every text of the database, with its column."""
    with reading(world.sessions) as session:
        for table in Base.metadata.sorted_tables:
            columns = [one for one in table.c if isinstance(one.type, String | JSON)]
            for row in session.execute(select(*columns)) if columns else ():
                for column, value in zip(columns, row, strict=True):
                    yield from ((str(column), text) for text in texts(value))


def odd(world: World) -> set[tuple[str, str]]:
    return {
        (column, text) for column, text in kept(world) if "\u200b" in text or in_lines(text) != text
    }


@pytest.mark.parametrize("endpoint", sorted(SCENES.keys() - BUTTONS))
def test_no_form_keeps_what_nobody_sees(world: World, come: Come, endpoint: str) -> None:
    sent = ready(world, SCENES[endpoint])
    visitor, before = come(sent.who), odd(world)
    form = form_of(visitor, sent)
    lines = {str(one["name"]) for one in form.select("input[type=text][name]")}
    areas = {str(one["name"]) for one in form.select("textarea[name]")}
    refused: set[str] = set()  # names, numbers and references, which are no texts
    for _ in range(TRIES):
        values = typed(fields_of(form) | chosen(form), sent)  # files are opened anew
        answer = visitor.post_bare(sent.path, with_hidden(values, lines - refused, areas - refused))
        assert answer.status < 500
        assert answer.status != 400, "a page that takes nothing, and names no field"
        if answer.status != 422:
            break
        refused |= named(answer)
    assert answer.status in LED_ON, named(answer)
    assert odd(world) == before
