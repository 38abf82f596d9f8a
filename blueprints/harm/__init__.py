"""Pages of harm."""

from blueprints.harm import exporting, writing
from blueprints.harm.views import harm
