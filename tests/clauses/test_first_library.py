"""The library that every portal begins with: complete, well formed, and drafted with care."""

import re

import pytest
from sqlalchemy import select

from models.base import ALPHABET
from models.norms import Clause, ClauseState
from models.vocabulary import THEMES
from portal.clauses import text_of
from portal.db import reading
from portal.norms import NORMS
from portal.schema import downgrade, upgrade
from tests.cast import World
from tests.clauses.samples import added

# What a mediator must find: words of the title, and a norm that it is relevant to.
NEEDED = {
    "emergency response teams": "un-gge-2015-k",
    "Vulnerabilities": "un-gge-2015-j",
    "spread by themselves": "un-gge-2015-i",
    "pause in offensive": "un-oewg-global-cbm-2",
    "monthly report": "osce-cbm-14",
    "hidden functions": "un-gge-2015-i",
    "Hospitals": "un-gge-2015-f",
    "Humanitarian organisations": "rcrc-34ic-r2-7",
    "Logs preserved": "un-gge-2015-d",
    "hacking back": "paris-call-2018-8",
    "self-check": "paris-call-2018-7",
    "public attribution": "un-gge-2015-b",
    "proxies": "icrc-state-obligation-1",
}
SIZE = 1 + 40
BLANK = re.compile(r"\[[^\]]+\]")
JUDGING = re.compile(r"\b(violat|breach|guilt|penalt|binding|obligat)", re.IGNORECASE)


@pytest.fixture
def library(world: World) -> list[Clause]:
    with reading(world.sessions) as session:
        return list(session.scalars(select(Clause).order_by(Clause.id)))


def test_it_holds_what_a_mediator_needs(library: list[Clause]) -> None:
    assert len(library) == SIZE
    for word, norm in NEEDED.items():
        found = [clause for clause in library if word in clause.title]
        assert len(found) == 1, word
        assert norm in found[0].norms, word


def test_every_clause_is_one_that_the_service_itself_would_take(library: list[Clause]) -> None:
    for clause in library:
        assert text_of(clause).problems() == {}, clause.title
        assert set(clause.norms) <= set(NORMS), clause.title
        assert len(clause.norms) == len(set(clause.norms)) > 0, clause.title
        assert re.fullmatch(f"L-26-[{ALPHABET}]{{6}}", clause.ref)
        assert (clause.state, clause.version) == (ClauseState.ACTIVE, 1)
    assert {clause.theme for clause in library} == set(THEMES) - {"rights"}
    assert len({clause.title for clause in library}) == len(library)


def test_every_clause_is_free_and_admits_nothing(library: list[Clause]) -> None:
    for clause in library:
        last = clause.body.rpartition("\n\n")[2]
        for word in ("of our own free will", "admits no fault", "no legal effect beyond its words"):
            assert word in last, clause.title
        assert not JUDGING.search(clause.body + clause.how_known), clause.title


def test_every_clause_has_blanks_and_no_broken_lines(library: list[Clause]) -> None:
    without = {"The core of the Internet left alone", "No pressure on makers and suppliers"}
    assert {c.title for c in library if not BLANK.search(c.body)} == without
    for clause in library:
        for text in (clause.body, clause.how_known):
            assert text == text.strip()
            assert "  " not in text, clause.title
            assert text.count("[") == text.count("]"), clause.title
            lines = [line for line in text.split("\n") if line]
            assert all(line.startswith("* ") or line[-1] in ".:]" for line in lines), clause.title


def test_going_down_takes_the_first_clauses_and_no_others(
    world: World, library: list[Clause]
) -> None:
    own = added(world)
    downgrade(world.engine, "0004")
    with reading(world.sessions) as session:
        assert list(session.scalars(select(Clause.ref))) == [own]
    upgrade(world.engine)
    with reading(world.sessions) as session:
        again = {clause.ref: text_of(clause) for clause in session.scalars(select(Clause))}
    assert again.keys() - {own} == {clause.ref for clause in library}
    assert all(again[clause.ref] == text_of(clause) for clause in library)
