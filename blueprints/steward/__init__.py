"""Pages of the steward and the auditor: the house, its trail, its letters."""

from blueprints.steward.views import steward

__all__ = ["steward"]
