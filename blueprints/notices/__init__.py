"""Pages of incident notices."""

from blueprints.notices.views import notices

__all__ = ["notices"]
