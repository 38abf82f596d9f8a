"""Pages of mediation processes."""

from blueprints.processes import seating
from blueprints.processes.views import processes

__all__ = ["processes", "seating"]
