"""Pages of incident notices."""

from blueprints.notices import exchange, files, tagging, writing
from blueprints.notices.views import notices

__all__ = ["exchange", "files", "notices", "tagging", "writing"]
