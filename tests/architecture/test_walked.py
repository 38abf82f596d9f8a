"""Walks end with the page: they read no more of an index than they show, on both engines.

What stands here does not depend on how much there is, nor on what an engine counted of it.
"""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text

from models.dialogues import Delegation
from models.stakeholders import Organisation
from portal.commitments.filtering import WALKS as COMMITMENTS
from portal.notices.filtering import WALKS as NOTICES
from portal.paging import NEWEST as BEGIN
from portal.parameters import NOW, at_most
from portal.recipients.able_to_respond import HOME_OF, READS, SPEAKS, nobody, unheard_parties
from portal.relations import nobody_can_respond, own_delegation
from portal.walks import Variant
from tests.architecture.plans import counting
from tests.cast import World
from tests.pages import sign_in

WALKS = pytest.mark.parametrize("walks", [COMMITMENTS, NOTICES], ids=["commitments", "notices"])
RARE = "/commitments/?norm=pall-mall-2025-transparency"


def plan_of(engine: Engine, statement: str, values: Any) -> list[str]:
    """How SQLite would answer a statement, step by step."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    return [str(row[-1]) for row in found]


def by_indexes_alone(engine: Engine, question: Any) -> list[str]:
    """How PostgreSQL would answer a question of text, numbers and instants where it sorts nothing.

    The tables of tests are small, and it would rather read and sort them.
    """
    asked = question.compile(engine)
    nothing: dict[type[Any], Any] = {int: 0, str: "", bool: False}
    values = [
        nothing.get(asked.binds[name].type.python_type, BEGIN.at) for name in asked.positiontup
    ]
    with engine.connect() as connection:
        for way in ("enable_sort", "enable_seqscan", "enable_bitmapscan"):
            connection.execute(text(f"SET LOCAL {way} = off"))
        found = connection.exec_driver_sql(f"EXPLAIN {asked}", tuple(values)).all()
    return [str(row[-1]) for row in found]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@WALKS
def test_postgresql_follows_all_principals_side_by_side(walks: Any, engine: Engine) -> None:
    for order in walks.orders:
        kind = Variant("postgresql", 8, order, filtered=False)
        plan = by_indexes_alone(engine, walks._question(kind))
        assert any("Merge Append" in line for line in plan), (order, plan)
        assert [line for line in plan if re.search(r"-> +Sort\b", line)] == [], order


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("address", ["/commitments/?theme=rights", "/notices/?kind=fraud"])
def test_sqlite_looks_at_no_more_than_fill_the_page(
    app: Flask, world: World, engine: Engine, address: str
) -> None:
    visitor = sign_in(app, world, "mediator@peace")
    with counting(app) as sent:
        assert visitor.get(address).status == 200
    [(statement, values)] = [one for one in sent if "among_few" in one[0]]
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    # Row by row as they come along the index, not all of them to be sorted.
    assert "CO-ROUTINE few" in [row[-1] for row in plan]
    parts = {row[1] for row in plan if row[-1] in ("SCAN few", "SCAN walked")}
    assert len(parts) >= 2
    assert [row for row in plan if row[1] in parts and "TEMP B-TREE" in row[-1]] == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_a_filter_names_is_looked_up_key_by_key(
    app: Flask, world: World, engine: Engine
) -> None:
    visitor = sign_in(app, world, "mediator@peace")
    with counting(app) as sent:
        assert visitor.get(RARE).status == 200
    [(statement, values)] = [one for one in sent if "among_named" in one[0]]
    plan = plan_of(engine, statement, values)
    looked_up = plan[plan.index("CO-ROUTINE looked_up") : plan.index("SCAN looked_up")]
    assert "norm=?" in " ".join(looked_up)
    [line] = [line for line in looked_up if "commitment_audience" in line]
    assert line.endswith("(principal=? AND commitment_id=?)")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_could_answer_is_looked_for_in_one_organisation(engine: Engine) -> None:
    assert set(HOME_OF) == {Organisation, Delegation}
    for question in (
        select(nobody_can_respond.at(Delegation, None, NOW)).select_from(Delegation),
        select(nobody(own_delegation, NOW, Delegation)).select_from(Delegation),
        select(nobody(READS, NOW)).select_from(Organisation),
        select(nobody(SPEAKS, NOW)).select_from(Organisation),
        unheard_parties(at_most(1), NOW),
    ):
        asked = question.compile(engine)
        plan = plan_of(engine, str(asked), asked.params | {NOW.key: BEGIN.at})
        people = [line for line in plan if re.search(r"\b(people|policy_p)\b", line)]
        assert people
        assert [line for line in people if "PRIMARY KEY" not in line] == []
