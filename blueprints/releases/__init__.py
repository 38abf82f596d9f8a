"""Pages of releases: inside, until a text is out."""

from blueprints.releases import agreeing, writing
from blueprints.releases.views import releases
