"""Pages of claims."""

from blueprints.claims import exporting, replying, writing
from blueprints.claims.views import claims
