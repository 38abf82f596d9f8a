"""Pages of dialogues."""

from blueprints.dialogues import (
    answering,
    deciding,
    exporting,
    holding,
    moving,
    naming,
    planning,
    polling,
    recording,
    seating,
    sharing,
)
from blueprints.dialogues.views import dialogues

__all__ = [
    "answering",
    "deciding",
    "dialogues",
    "exporting",
    "holding",
    "moving",
    "naming",
    "planning",
    "polling",
    "recording",
    "seating",
    "sharing",
]
