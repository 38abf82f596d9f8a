"""Pages of incident notices."""

from blueprints.notices import writing
from blueprints.notices.views import notices

__all__ = ["notices", "writing"]
