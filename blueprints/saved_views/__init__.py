"""Pages by which views of lists are saved."""

from blueprints.saved_views.views import saved_views
