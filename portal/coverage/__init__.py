"""Links of resources to norms: made, removed, listed for a norm, counted in a matrix.

A tie says that a resource is relevant to a voluntary norm, and nothing about who kept it.
"""

from portal.coverage.annotating import annotate, unannotate
from portal.coverage.listing import tied
from portal.coverage.matrix import Matrix, matrix
from portal.coverage.measures import (
    MEASURES,
    NOUN_OF,
    SERVICES,
    SHOWN,
    InUse,
    measures_in_use,
    rows_of_service,
)
from portal.coverage.tying import link_norm, unlink_norm
