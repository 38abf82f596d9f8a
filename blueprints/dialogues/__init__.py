"""Pages of dialogues."""

from blueprints.dialogues import (
    answering,
    answering_by_key,
    attendance,
    deciding,
    exporting,
    naming,
    planning,
    polling,
    readiness,
    recording,
    reminding,
    reschedule,
    seating,
    selecting,
    sharing,
    timing,
)
from blueprints.dialogues.views import dialogues
