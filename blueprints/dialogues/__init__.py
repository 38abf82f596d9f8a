"""Pages of dialogues."""

from blueprints.dialogues import (
    answering,
    attendance,
    deciding,
    exporting,
    naming,
    planning,
    polling,
    recording,
    reschedule,
    seating,
    sharing,
    timing,
)
from blueprints.dialogues.views import dialogues
