"""The first page: what waits for me."""

from blueprints.overview.views import overview
