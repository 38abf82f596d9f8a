"""Pages of harm."""

from blueprints.harm import exporting, spreading, taking, writing
from blueprints.harm.views import harm
