"""What is to be done by a record: for its text, and for a reader who follows what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, select

from models.commitments import Commitment
from models.records import Action
from models.stakeholders import Organisation
from portal.access import as_column, predicate, sub_resource
from portal.db import alias
from portal.parameters import KEY, ME, NOW
from portal.recipients import SPEAKS, nobody
from portal.related import Related, related
from portal.rules import COMMITMENTS, DRAFT_COMMITMENT, ORGANISATIONS, READ

ADDRESSEE = alias(Organisation, "action_addressee")


@dataclass(frozen=True)
class ActionRow:
    """What an organisation is to do for another, written on a point."""

    id: int
    point_id: int
    text: str
    organisation: str
    addressee: str
    due_on: date | None


@dataclass(frozen=True)
class FollowedActionRow(ActionRow):
    """An action as a reader of the record sees it: what became of it, and whether it is theirs.

    The commitment is named to whoever may read it and know whose action it was; `may_draft` where
    the reader may commit the organisation to it; `not_asked` where nobody can.
    """

    committed: bool
    commitment_ref: str | None
    commitment_state: str | None
    may_draft: bool
    not_asked: bool


def actions() -> Related[ActionRow]:
    """What is to be done, as the text of the record says it."""
    return related(ActionRow, _actions())


def followed_actions() -> Related[FollowedActionRow]:
    """The same, with what a reader may know of the commitments that they became."""
    seen = and_(
        sub_resource(Action, ME, NOW),
        predicate(COMMITMENTS, READ, ME, NOW),
    )
    may_draft = predicate(ORGANISATIONS, DRAFT_COMMITMENT, ME, NOW)
    question = (
        _actions()
        .add_columns(
            Action.commitment_id.is_not(None).label("committed"),
            case((seen, Commitment.ref)).label("commitment_ref"),
            case((seen, Commitment.state)).label("commitment_state"),
            as_column(may_draft).label("may_draft"),
            nobody(SPEAKS, NOW).label("not_asked"),
        )
        .outerjoin(Commitment, Commitment.id == Action.commitment_id)
    )
    return related(FollowedActionRow, question)


def _actions() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Action.id,
            Action.point_id,
            Action.text,
            Organisation.name.label("organisation"),
            ADDRESSEE.name.label("addressee"),
            Action.due_on,
        )
        .join(Organisation, Organisation.id == Action.organisation_id)
        .join(ADDRESSEE, ADDRESSEE.id == Action.addressee_id)
        .where(Action.record_id == KEY)
    )
