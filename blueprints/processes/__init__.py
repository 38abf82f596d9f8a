"""Pages of mediation processes."""

from blueprints.processes import linking, seating
from blueprints.processes.views import processes

__all__ = ["linking", "processes", "seating"]
