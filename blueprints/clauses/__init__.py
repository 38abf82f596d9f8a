"""Pages of the library of clauses."""

from blueprints.clauses import keeping
from blueprints.clauses.views import clauses
