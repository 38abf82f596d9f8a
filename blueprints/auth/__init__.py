"""Pages for signing in and out, and for accepting an invitation."""

from blueprints.auth.views import auth
