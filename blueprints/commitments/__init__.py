"""Pages of commitments."""

from blueprints.commitments import (
    agreeing,
    exporting,
    hanging,
    measuring,
    tagging,
    telling,
    writing,
)
from blueprints.commitments.views import commitments

__all__ = [
    "agreeing",
    "commitments",
    "exporting",
    "hanging",
    "measuring",
    "tagging",
    "telling",
    "writing",
]
