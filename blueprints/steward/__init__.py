"""Pages of the steward and the auditor: the system, its trail, its e-mails."""

from blueprints.steward import requiring
from blueprints.steward.views import steward
