"""The first page: what waits for me."""

from blueprints.home.views import home

__all__ = ["home"]
