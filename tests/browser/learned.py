"""The completions of the demo world, for the pages of training that are looked at."""

from typing import Any

from sqlalchemy import select

from models.training import Completion

# Which resource each page of training is about; the others are about a completion.
TRAINING = {
    "training.complete": "unit under way",
    "training.erase": "unit under way",
    "training.study": "unit under way",
    "training.read_training": "organisation",
    "training.required": "draft",
}


def learned(connection: Any, person: Any) -> dict[str, Any]:
    """What somebody completed, and what they are at, by word."""
    rows = select(Completion.state, Completion.ref).where(Completion.person_id == person)
    found = {row.state: row.ref for row in connection.execute(rows)}
    return {"completion": found["completed"], "unit under way": found["under-way"]}
