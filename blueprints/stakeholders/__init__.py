"""Pages of organisations, their people, and sharing groups."""

from blueprints.stakeholders import directory, groups, people, pledges, selecting, tickets
from blueprints.stakeholders.views import stakeholders
