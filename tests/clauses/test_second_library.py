"""The second library takes the place of the first, and of nothing that a steward wrote."""

from sqlalchemy import select, text, update

from models.norms import Clause
from models.vocabulary import THEMES
from portal.db import reading, writing
from portal.schema import downgrade, upgrade
from tests.cast import World

BEFORE = "0010"
TEAMS, CONTACTS, REPORTS = "L-26-3TXC2Q", "L-26-853EJ0", "L-26-8JT7FW"


def titles(world: World) -> dict[str, str]:
    with reading(world.sessions) as session:
        return {clause.ref: clause.title for clause in session.scalars(select(Clause))}


def test_an_older_portal_gets_the_new_words_and_keeps_those_of_its_steward(world: World) -> None:
    downgrade(world.engine, BEFORE)
    with world.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM clauses")) == 15
        connection.execute(
            text(
                "UPDATE clauses SET title = 'Ours', version = 2, theme = 'hygiene' WHERE ref = :r"
            ),
            {"r": TEAMS},
        )
    upgrade(world.engine)
    found = titles(world)
    assert len(found) == 15 - 14 + 40 + 1, "one stays beside what would have replaced it"
    assert found[TEAMS] == "Ours"
    assert "No action against emergency response teams" in found.values()
    assert found[CONTACTS] == "Contact points kept reachable"
    with reading(world.sessions) as session:
        clauses = {one.ref: one for one in session.scalars(select(Clause))}
    assert {one.theme for one in clauses.values()} <= set(THEMES)
    assert clauses[TEAMS].theme == "readiness"
    assert clauses[REPORTS].theme == "transparency"
    assert clauses[CONTACTS].promisors
    assert clauses[CONTACTS].verifier


def test_commitments_keep_a_theme_that_there_is(world: World) -> None:
    with writing(world.sessions) as session:
        session.execute(update(Clause).where(Clause.ref == CONTACTS).values(theme="verification"))
    downgrade(world.engine, BEFORE)
    with world.engine.begin() as connection:
        kept = connection.scalar(text("SELECT theme FROM clauses WHERE ref = :r"), {"r": CONTACTS})
    assert kept == "cooperation"
    upgrade(world.engine)
    assert len(titles(world)) >= 41
