"""Pages of claims."""

from blueprints.claims import exporting, replying, taking, writing
from blueprints.claims.views import claims
