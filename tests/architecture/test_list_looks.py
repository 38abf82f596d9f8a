"""The first look at lists: each way to name somebody has an index over the lists of one noun."""

import re
from typing import Any

import pytest
from sqlalchemy import union_all

from models.audience import ADDRESSED
from models.claims import Claim
from models.exercises import Exercise
from models.harm import Harm
from models.records import Record
from portal.parameters import ME
from portal.recipients import could_list
from portal.relations import recipient_column


@pytest.mark.parametrize("model", [Claim, Exercise, Harm, Record])
def test_lines_of_other_nouns_are_not_read(sqlite_copy: Any, model: type[Any]) -> None:
    engine, as_at_first = sqlite_copy
    as_at_first()
    question = union_all(*could_list(model, ME)).compile(engine)
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", {ME.key: 1}).all()
    used = {match[1] for row in plan if (match := re.search(r"recipients.* INDEX (\w+)", row[-1]))}
    column = recipient_column(model)
    assert used == {f"uq_recipients_{who}_{column}" for who in ADDRESSED}
