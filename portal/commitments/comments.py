"""Comments on a commitment: for its readers of that moment; its parties are notified."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitment_comments import CommitmentComment
from models.stakeholders import Person
from portal.access import Actor, sub_resource
from portal.errors import refuse
from portal.ledger import transition
from portal.parameters import KEY, ME, NOW
from portal.recipients import audience_of
from portal.related import Related, related
from portal.rules import COMMENT, COMMITMENTS
from portal.words import N_

LONGEST: Final = 10_000


@dataclass(frozen=True)
class CommentRow:
    """A comment, for whoever was among the readers when it was written."""

    id: int
    at: datetime
    text: str
    person: str


def comment(session: Session, actor: Actor, ref: str, *, text: str, now: datetime) -> None:
    """Comment on a commitment; raises Invalid (`text`) where it is empty or too long."""
    with transition(session, actor, COMMENT, COMMITMENTS, ref, now) as commitment:
        refuse(_problems(text))
        session.add(
            CommitmentComment(
                commitment_id=commitment.id,
                person_id=actor.person_id,
                audience_id=audience_of(session, commitment),
                text=text.strip(),
                at=now,
            )
        )


def _problems(text: str) -> dict[str, str]:
    if not text.strip():
        return {"text": N_("Enter a comment.")}
    return {"text": N_("This is too long.")} if len(text) > LONGEST else {}


def comment_rows() -> Related[CommentRow]:
    """The comments on a commitment (`KEY`), as related rows of its page."""
    question = (
        select(
            CommitmentComment.id,
            CommitmentComment.at,
            CommitmentComment.text,
            Person.name.label("person"),
        )
        .join(Person, Person.id == CommitmentComment.person_id)
        .where(CommitmentComment.commitment_id == KEY, sub_resource(CommitmentComment, ME, NOW))
        .order_by(CommitmentComment.id.desc())
    )
    return related(CommentRow, question, order=lambda row: row.id)
