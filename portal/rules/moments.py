"""The policy on what is written beside a resource: read by those for whom it was written.

A correction may widen the audience of a notice, an attendance list may grow: comments, reasons,
statements and evidence stay with the audience of their moment, until who wrote them agrees. Each
row is asked beside READ_TEXT (of remarks READ_REMARKS) of the resource, as it is now.
"""

from typing import Final

from models.commitment_comments import CommitmentComment
from models.commitments import Evidence, Statement
from models.norms import NormTag
from models.notices import Comment, Edition
from models.processes import MediatorLink
from models.records import RecordComment, RecordEdition
from portal.relations import (
    Relation,
    at_its_moment,
    for_author_alone,
    named,
    other_side,
    writer,
    wrote_it,
)
from portal.rules.marking import allowed, own

on_its_side = at_its_moment(own)
among_its_readers = at_its_moment(own | allowed)
among_its_parties = at_its_moment(own | other_side | allowed)
among_those_present = at_its_moment(writer | named)
comment_readers = wrote_it | on_its_side | (~for_author_alone & among_its_readers)

MOMENT_SUB_RESOURCES: Final[dict[type, Relation]] = {
    Comment: comment_readers,
    Edition: wrote_it | among_its_readers,
    MediatorLink: wrote_it | among_its_readers,
    NormTag: wrote_it | among_its_parties,
    Statement: wrote_it | among_its_parties,
    Evidence: wrote_it | among_its_parties,
    CommitmentComment: wrote_it | among_its_parties,
    RecordEdition: among_those_present,
    RecordComment: wrote_it | among_those_present,
}
