"""Pages of records."""

from blueprints.records import action_items, adopting, exporting, redacting, writing
from blueprints.records.views import records
