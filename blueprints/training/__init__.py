"""Pages of training: units and courses, one's own completions, certificates."""

from blueprints.training import requiring, studying
from blueprints.training.views import training
