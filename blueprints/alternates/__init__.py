"""Pages of alternates."""

from blueprints.alternates.views import alternates
