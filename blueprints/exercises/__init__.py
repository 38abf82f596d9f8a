"""Pages of exercises."""

from blueprints.exercises import after, injects, running, seating, writing
from blueprints.exercises.views import exercises
