"""How a person stood to the audience for which something beside a resource was written."""

from typing import Any

from sqlalchemy import SQLColumnExpression, inspect

from models.audience import AudienceVersion
from models.commitment_comments import CommitmentComment
from models.commitments import Evidence, Statement
from models.norms import NormTag
from models.notices import Comment, Edition, Notice
from models.processes import MediatorLink
from models.records import RecordComment
from portal.db import alias
from portal.relations.sentence import Now, Predicate, Relation, Who, relation, some

WAS = alias(AudienceVersion, "policy_was")
MINE, PRESENT = alias(Comment, "policy_mine"), alias(Edition, "policy_present")
# The column that names who wrote it.
WRITTEN_BY = {
    Comment: "person_id",
    CommitmentComment: "person_id",
    Edition: "by_id",
    Evidence: "added_by_id",
    MediatorLink: "by_id",
    NormTag: "by_id",
    RecordComment: "by_id",
    Statement: "by_id",
}


def at_its_moment(relation: Relation) -> Relation:
    """The person stands so to the audience as it was when this was written.

    Where that audience is not known there is nobody who does.
    """
    return Relation(
        f"at its moment {relation.inside('not')}",
        lambda part, who, now: some(
            WAS, where=(WAS.id == part.audience_id, relation.predicate(WAS, who, now))
        ),
        parts=(relation,),
    )


@relation
def wrote_it(part: Any, who: Who, _now: Now) -> Predicate:
    """The person wrote this part of a resource."""
    author: SQLColumnExpression[int] = getattr(part, WRITTEN_BY[inspect(part).mapper.class_])
    return author == who


@relation
def for_author_alone(comment: type[Comment], _who: Who, _now: Now) -> Predicate:
    """The comment is for the organisation of the notice alone."""
    return comment.to_author.is_(True)


@relation
def commented_for_fewer(notice: type[Notice], who: Who, _now: Now) -> Predicate:
    """The person commented on the notice for another audience than that of the present version."""
    return some(
        MINE,
        PRESENT,
        where=(
            MINE.notice_id == notice.id,
            MINE.person_id == who,
            PRESENT.notice_id == MINE.notice_id,
            PRESENT.number == notice.edition,
            PRESENT.audience_id.is_not(None),
            MINE.audience_id.is_distinct_from(PRESENT.audience_id),
        ),
    )
