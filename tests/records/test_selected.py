"""What is ticked in the list of minutes is exported as the policy allows; and their history."""

import re
from collections.abc import Callable

from portal import records
from portal.db import writing
from tests.cast import NOW, World
from tests.commitments.exported import csv_of
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CLOUD, TELCO
from tests.records.circulated_builders import SECOND, circulated

Visit = Callable[[str], Visitor]


def test_who_was_there_takes_it_along_and_nobody_else(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = circulated(session, world).ref
    assert visit(TELCO).get("/records/").page.select("input[name=ref][form=selected]")
    assert "Export as CSV" in visit(TELCO).get(f"/records/selected?ref={ref}").words
    (row,) = csv_of(visit(TELCO).get(f"/records/selected.csv?ref={ref}"))
    assert (row["Reference"], row["State"]) == (ref, "circulated")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["Silence procedure ends"]), "a day, no midnight"
    assert csv_of(visit("liaison@bank").get(f"/records/selected.csv?ref={ref}")) == []


def test_history_says_who_circulated_and_who_objected(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = circulated(session, world).ref
    page = visit(TELCO).get(f"/records/{ref}")
    assert "Coordinator circulated version 1 on" in page.words
    assert "The draft was created on" not in page.words
    with writing(world.sessions) as session:
        by = world.actors[CLOUD]
        records.object_to(session, by, ref, why="Not so.", point=None, now=NOW + SECOND)
    words = visit(ORGANISER).get(f"/records/{ref}").words
    history = words[words.index("objected to version 1 on") :]
    assert history.index("circulated version 1 on") < history.index("The draft was created on")
