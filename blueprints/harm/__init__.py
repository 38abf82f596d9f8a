"""Pages of harm."""

from blueprints.harm import asking, exporting, spreading, taking, writing
from blueprints.harm.views import harm
