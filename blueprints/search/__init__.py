"""Pages of the search over everything that one may see."""

from blueprints.search.views import search
