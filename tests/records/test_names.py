"""Names of those at the table are found in what a record says, however they are written."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Record
from models.stakeholders import Organisation, Person
from portal import records
from portal.db import writing
from portal.records import Found
from tests.cast import World
from tests.dialogues.decision_builders import answered, asked, closed
from tests.records.builders import CERT, CLOUD, begun, written
from tests.records.test_action_items import acted


def renamed(session: Session, world: World, company: str, person: str) -> Record:
    """A record under the Chatham House Rule; Cloud and its liaison are called otherwise."""
    record = begun(session, world, rule="chatham", title="Talks")
    session.get_one(Organisation, world.organisations["cloud"].id).name = company
    session.get_one(Person, world.actors[CLOUD].person_id).name = person
    session.flush()
    return record


def found(world: World, notes: str, company: str, person: str = "Somebody else") -> set[str]:
    with writing(world.sessions) as session:
        record = renamed(session, world, company, person)
        written(session, world, record, 1, notes=notes)
        names = {one.name for one in records.names_in(session, record)}
        session.rollback()
    return names


@pytest.mark.parametrize(
    ("company", "notes"),
    [
        ("Müller AG", "Then MÜLLER AG said no."),
        ("Müller AG", "Then Mu\u0308ller ag said no."),
        ("Müller AG", "müller's own rota"),
        ("Straße Netz", "the STRASSE NETZ people"),
        ("Nord-Netz", "by Nord\u2011Netz alone"),
        ("Nord\u2013Netz", "by nord-netz alone"),
        ("Nord-Netz", "by Nord\u00ad-Netz alone"),
        ("Nord Netz", "by Nord\nNetz alone"),
        ("Nord Netz", "by Nord\u00a0Netz alone"),
        ("Telekom", "_Telekom_ and **others**"),
        ("Telekom", "a Telekom-owned mast"),
        ("Telekom", "(Telekom)"),
        ("Ärzte ohne Netz", "Ärzte said so"),
        ("株式会社 Netz", "株式会社 said so"),
    ],
)
def test_an_organisation_is_found(world: World, company: str, notes: str) -> None:
    assert found(world, notes, company) == {company}


@pytest.mark.parametrize(
    ("company", "notes"),
    [
        ("Müller AG", "The Muller test, a Müllerin, a Zwischenmüller."),
        ("Nord-Netz", "Nord and Netz, but not as one"),
        ("Telekom", "Telekommunikation, Telekoms"),
        ("UN House", "un deux trois, an undo"),
        ("Telekom", ""),
    ],
)
def test_what_only_looks_like_one_is_not(world: World, company: str, notes: str) -> None:
    assert found(world, notes, company) == set()


@pytest.mark.parametrize(
    ("person", "notes", "expected"),
    [
        ("Öde-Hahn Älv", "and öde-hahn älv agreed", {"Öde-Hahn Älv"}),
        ("Öde-Hahn Älv", "and Älv agreed", {"Öde-Hahn Älv"}),
        ("Cloud liaison", "the liaison agreed", set()),
        ("Cloud liaison", "the Cloud liaison agreed", {"Cloud liaison"}),
    ],
)
def test_a_person_is_found_by_the_whole_name_or_the_last(
    world: World, person: str, notes: str, expected: set[str]
) -> None:
    assert found(world, notes, "Elsewhere Inc", person) == expected


def test_each_is_found_where_it_stands(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world, rule="chatham", title="Restraint at Cloud")
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        written(session, world, record, 2, notes="Telco, and Telco again")
        acted(session, world, record, text="Ask the Response Team")
        decision = asked(session, world, dialogue, text="Does Peace Mediation go on?")
        answered(session, world, dialogue, decision, "telco", "object", "Telco cannot")
        closed(session, world, dialogue, decision, words="Peace Mediation goes on.")
        names = set(records.names_in(session, record))
    assert names == {
        Found(0, "Cloud"),
        Found(2, "Telco"),
        Found(1, "Response Team"),
        Found(0, "Peace Mediation"),
        Found(0, "Telco"),
    }


def test_who_was_not_at_the_table_may_be_named(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world, rule="chatham", title="Talks")
        written(session, world, record, 1, notes="The Bank and the UN Office were talked about.")
        assert records.names_in(session, record) == []


def test_where_a_guest_belongs_is_telling_too(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world, rule="chatham", title="Talks")
        said: dict[str, Any] = {"notes": "As the Response Team sees it"}
        written(session, world, record, 1, **said)
        assert [one.name for one in records.names_in(session, record)] == ["Response Team"]
        assert world.actors[CERT].name == "Response analyst"
