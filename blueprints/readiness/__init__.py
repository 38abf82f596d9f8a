"""Pages of the self-check of digital risk."""

from blueprints.readiness.views import readiness
