"""Each finds the words of dialogues and minutes that they may read, and nobody finds another.

The world carries a word of its own in every text, and says in plain Python who may see which: see
`tests/worlds_dialogues.py`.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem
from models.dialogues import Dialogue
from models.records import RecordEdition
from portal.db import reading, writing
from portal.schema import downgrade, upgrade
from portal.search import find
from tests.cast import NOW, World
from tests.records.builders import begun, written
from tests.records.circulated_builders import circulated, ready
from tests.worlds_dialogues import SIGHTS, Talks, build

OF_DIALOGUE = (
    *("title", "purpose"),
    *(f"{part}-{sight}" for part in ("item", "paper") for sight in SIGHTS),
    *(f"note-{sight}" for sight in SIGHTS if sight != "all"),
)
OF_MINUTES = ("record", "point", "notes", "position", "action")


def refs(session: Session, world: World, name: str, asked: str, noun: str) -> set[str]:
    """What the person finds of a noun."""
    parts = find(session, world.actors[name], asked, NOW, resource_type=noun)
    return {hit.ref for part in parts for hit in part.hits}


def expected(talks: Talks, name: str, sort: str, noun: str) -> set[str]:
    """What they are to find, by the requirement."""
    return {
        talk.ref if noun == "dialogues" else talk.record
        for talk in talks.made
        if sort in talk.canaries and name in talk.who_sees(sort)
    }


def test_every_word_is_found_by_its_readers_and_by_nobody_else(world: World) -> None:
    with writing(world.sessions) as session:
        talks = build(session, world)
    wrong, hits = [], 0
    with reading(world.sessions) as session:
        for sorts, noun in ((OF_DIALOGUE, "dialogues"), (OF_MINUTES, "records")):
            for sort in sorts:
                for name in world.actors:
                    found = refs(session, world, name, sort.replace("-", ""), noun)
                    hits += len(found)
                    if found != expected(talks, name, sort, noun):
                        wrong.append((sort, name, found ^ expected(talks, name, sort, noun)))
    assert wrong == []
    assert hits > 500, "the world has readers"


def test_what_was_written_before_there_was_an_index_is_in_it(world: World) -> None:
    with writing(world.sessions) as session:
        talks = build(session, world)
    downgrade(world.engine, "0018")
    upgrade(world.engine)
    with reading(world.sessions) as session:
        for sort, noun in (("item-all", "dialogues"), ("notes", "records")):
            found = refs(session, world, "coordinator@peace", sort.replace("-", ""), noun)
            assert found == expected(talks, "coordinator@peace", sort, noun)
            assert found


def test_the_index_follows_the_agenda(world: World) -> None:
    with writing(world.sessions) as session:
        build(session, world)
        row = session.scalars(select(AgendaItem).where(AgendaItem.title.like("%itemall-2x"))).one()
        row.title = "Quite another subject"
        ref = session.get_one(Dialogue, row.dialogue_id).ref
    with reading(world.sessions) as session:
        assert ref in refs(session, world, "coordinator@peace", "another subject", "dialogues")
        assert ref not in refs(session, world, "coordinator@peace", "itemall 2x", "dialogues")


def test_a_draft_is_found_as_it_stands_and_later_as_it_was_circulated(world: World) -> None:
    organiser, present = "coordinator@peace", "liaison@telco"
    with writing(world.sessions) as session:
        record = begun(session, world)
        written(session, world, record, 1, notes="Firstwords")
        drafted = record.ref
        sent = circulated(session, world, title="Another table").ref
        assert ready  # what `circulated` sends says SAID on its first point
    with reading(world.sessions) as session:
        assert refs(session, world, organiser, "firstwords", "records") == {drafted}
        assert refs(session, world, present, "firstwords", "records") == set()
        assert refs(session, world, present, "response teams alone", "records") == {sent}
        assert refs(session, world, "liaison@bank", "response teams alone", "records") == set()
        text = session.scalars(select(RecordEdition.text)).first()
        assert text is not None
        for key in ("points", "positions", "stands", str(text["rule"])):
            assert refs(session, world, present, key, "records") == set(), "no key is a word"
