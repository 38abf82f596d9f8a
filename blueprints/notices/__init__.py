"""Pages of incident notices."""

from blueprints.notices import autosaving, exchange, files, norm_links, selecting, sharing, writing
from blueprints.notices.views import notices
