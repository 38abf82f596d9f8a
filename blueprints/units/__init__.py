"""Pages of units of training that stewards write."""

from blueprints.units import ending, writing
from blueprints.units.views import units
