"""Pages of incident notices."""

from blueprints.notices import exchange, files, sharing, tagging, writing
from blueprints.notices.views import notices

__all__ = ["exchange", "files", "notices", "sharing", "tagging", "writing"]
