"""Pages of mediation processes."""

from blueprints.processes import exporting, linking, seating
from blueprints.processes.views import processes
