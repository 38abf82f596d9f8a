"""Pages of commitments."""

from blueprints.commitments import agreeing, hanging, tagging, telling, writing
from blueprints.commitments.views import commitments

__all__ = ["agreeing", "commitments", "hanging", "tagging", "telling", "writing"]
