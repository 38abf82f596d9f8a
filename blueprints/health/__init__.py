"""What machines ask: is it alive, is it ready."""

from blueprints.health.views import health
