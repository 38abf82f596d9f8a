"""Feeds: what programs fetch that cannot sign in."""

from blueprints.feeds.views import feeds
