"""The last word of a search may be the beginning of one, of few words or of many."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from portal.db import reading, writing
from portal.search.looking import SPELLED, SPELLED_OUT, SQLITE, asked_for
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor
from tests.search.test_search import found

Visit = Callable[[str], Visitor]
MANY = [f"quokka{number:02}" for number in range(SPELLED + 10)]
ONE_BY_ONE = " OR ".join(f'"{word}"' for word in MANY[:10])


def test_a_beginning_of_more_words_than_are_spelled_out_finds_all(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", title="All", body=" ".join(MANY))
        for word in (MANY[0], MANY[-1]):
            published(session, world, "peace", title=word, body=f"Seen near Zürich: {word}")
    mediator = visit("mediator@peace")
    everything = [MANY[-1], MANY[0], "All"]
    for asked in ("q", "quok", "quokka"):
        assert found(mediator, asked) == everything, asked
    for asked in ("quokka0", "quokka00"):
        assert found(mediator, asked) == [MANY[0], "All"], asked
    assert found(mediator, "zurich seen quokka") == everything[:2]
    assert found(mediator, "zurich seen quokka5") == [MANY[-1]]
    for asked in ("quokka1 quokka", "quokka00 nowhere", "quokka000"):
        assert found(mediator, asked) == [], asked


@pytest.mark.parametrize("engine", [SQLITE], indirect=True)
@pytest.mark.parametrize(
    ("asked", "spelled"),
    [
        ("wombat", '("wombat" OR "wombats")'),
        ("seen near wo", '"seen" AND "near" AND ("wombat" OR "wombats" OR "wool")'),
        ("seen wombats", '"seen" AND ("wombats")'),
        ("wombatx", '"wombatx"*'),
        ("seen quokka", '"seen" AND "quokka"*'),
        ("quokka0", f"({ONE_BY_ONE})"),
        ("zzz", '"zzz"*'),
    ],
)
def test_on_sqlite_the_words_that_begin_so_are_looked_for_one_by_one(
    world: World, asked: str, spelled: str
) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", body=" ".join(["wombat wombats wool", *MANY]))
    question = text(f"SELECT {SPELLED_OUT.format(words='notice_words', most=SPELLED)}")
    with reading(world.sessions) as session:
        assert session.scalars(question, asked_for(asked, SQLITE)).one() == spelled
