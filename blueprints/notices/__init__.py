"""Pages of incident notices."""

from blueprints.notices import files, writing
from blueprints.notices.views import notices

__all__ = ["files", "notices", "writing"]
