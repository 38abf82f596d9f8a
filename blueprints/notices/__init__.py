"""Pages of incident notices."""

from blueprints.notices import exchange, files, norm_links, sharing, writing
from blueprints.notices.views import notices

__all__ = ["exchange", "files", "norm_links", "notices", "sharing", "writing"]
