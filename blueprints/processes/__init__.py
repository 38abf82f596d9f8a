"""Pages of mediation processes."""

from blueprints.processes import linking, seating
from blueprints.processes.views import processes
