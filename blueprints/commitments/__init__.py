"""Pages of commitments."""

from blueprints.commitments import (
    agreeing,
    conditions,
    exporting,
    measuring,
    norm_links,
    reporting,
    selecting,
    watching,
    writing,
)
from blueprints.commitments.views import commitments
