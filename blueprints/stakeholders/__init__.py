"""Pages of organisations, their people, and sharing groups."""

from blueprints.stakeholders import clients, directory, groups, people, pledges, selecting, tickets
from blueprints.stakeholders.views import stakeholders
