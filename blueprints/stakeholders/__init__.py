"""Pages of organisations, their people, and sharing groups."""

from blueprints.stakeholders import directory, groups, people
from blueprints.stakeholders.views import stakeholders
