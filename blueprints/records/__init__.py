"""Pages of records."""

from blueprints.records import action_items, adopting, exporting, redacting, selecting, writing
from blueprints.records.views import records
