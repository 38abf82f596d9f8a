"""Pages of harm."""

from blueprints.harm import exporting, spreading, writing
from blueprints.harm.views import harm
