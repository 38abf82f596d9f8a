"""The desk for ties of matters to norms: made, taken off, listed for a norm, counted in a matrix.

A tie says that a matter is relevant to a voluntary norm, and nothing about who kept it.
"""

from portal.coverage.annotating import annotate, unannotate
from portal.coverage.listing import tied
from portal.coverage.matrix import Matrix, matrix
from portal.coverage.tying import tag, untag

__all__ = ["Matrix", "annotate", "matrix", "tag", "tied", "unannotate", "untag"]
