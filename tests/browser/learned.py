"""The completions of the demo world, for the pages of training that are looked at."""

from typing import Any

from sqlalchemy import select

from models.training import Completion
from models.units import TrainingUnit

# Which resource each page of training is about; the others are about a completion.
TRAINING = {
    "training.complete": "unit under way",
    "training.erase": "unit under way",
    "training.study": "unit under way",
    "training.read_training": "organisation",
    "training.required": "draft",
}

# Pages of units that stewards alone open, and those of them that are of a draft.
DRAFTED = ("edit", "erase", "publish")
KEPT = (*DRAFTED, "correct", "draft_unit", "index", "show_format", "withdraw")


def learned(connection: Any, person: Any) -> dict[str, Any]:
    """What somebody completed, and what they are at, by word."""
    rows = select(Completion.state, Completion.ref).where(Completion.person_id == person)
    found = {row.state: row.ref for row in connection.execute(rows)}
    written = select(TrainingUnit.state, TrainingUnit.ref)
    units = {row.state: row.ref for row in connection.execute(written)}
    return {
        "completion": found["completed"],
        "unit under way": found["under-way"],
        "unit": units["published"],
        "unit draft": units["draft"],
    }
