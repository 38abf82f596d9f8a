"""What the tests of clauses share: the door that a clause leads to."""

import pytest
from flask import Flask

DOOR = "commitments.new"


@pytest.fixture(autouse=True)
def door_to_commitments(app: Flask) -> None:
    """Stands for the form of a commitment where the portal has none yet."""
    if DOOR not in app.view_functions:
        app.add_url_rule("/commitments/new", DOOR, lambda: "a form")
