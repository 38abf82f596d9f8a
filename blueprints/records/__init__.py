"""Pages of records."""

from blueprints.records import adopting, exporting, redacting, taking_up, writing
from blueprints.records.views import records

__all__ = ["adopting", "exporting", "records", "redacting", "taking_up", "writing"]
