"""Pages of commitments."""

from blueprints.commitments import (
    agreeing,
    conditions,
    exporting,
    measuring,
    norm_links,
    reporting,
    writing,
)
from blueprints.commitments.views import commitments
