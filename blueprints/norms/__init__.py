"""Pages of the registry of norms."""

from blueprints.norms.views import norms
