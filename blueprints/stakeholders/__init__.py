"""Pages of organisations and their people."""

from blueprints.stakeholders.views import stakeholders

__all__ = ["stakeholders"]
