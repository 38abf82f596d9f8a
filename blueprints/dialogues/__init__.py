"""Pages of dialogues."""

from blueprints.dialogues import seating
from blueprints.dialogues.views import dialogues

__all__ = ["dialogues", "seating"]
