"""What everybody reads: released texts, without signing in and without cookies."""

from blueprints.public.views import public
