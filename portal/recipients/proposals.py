"""A cheap first look at lists: which resources could name somebody. The policy alone decides."""

from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, or_, select, union

from models.audience import Recipient
from models.notices import Notice
from models.processes import Seat
from models.stakeholders import Client, GroupMember, Membership
from models.vocabulary import Tlp
from portal.access import Key, readable
from portal.db import in_state, spelled_out
from portal.parameters import ME
from portal.related import DraftRow, Related, related
from portal.relations import recipient_column
from portal.rules import ResourceType


def homes_of(who: Key) -> Select[int]:
    """The organisations that somebody ever belonged to."""
    return select(Membership.organisation_id).where(Membership.person_id == who)


def drafts_of_own(
    resource_type: ResourceType[Any], draft: str, mine: ColumnElement[bool] | None = None
) -> Related[DraftRow]:
    """Drafts of one's own organisations beside the list of their noun, last changed first.

    `mine` is another first look at which could be theirs.
    """
    model: Any = resource_type.model
    own = model.organisation_id.in_(homes_of(ME)) if mine is None else mine
    question: Any = (
        readable(resource_type, model.ref, model.title, model.tlp, model.changed_at)
        .where(in_state(model, draft), own)
        .order_by(model.changed_at.desc())
    )
    return related(DraftRow, question, attrgetter("changed_at", "ref"))


def open_to_all(model: Any) -> Select[int]:
    """The resources whose marking opens them to everybody once published, by an index over them."""
    return select(model.id).where(
        spelled_out(model.tlp, Tlp.GREEN, Tlp.CLEAR), model.published_at.is_not(None)
    )


def could_know_on_notice(model: Any, who: Key, *more: Select[Any]) -> CompoundSelect[Any]:
    """The keys of what stands on notices and could be somebody's to read: the policy decides.

    It is of one's organisation, on a notice of one's own, sent to one, or open to all; or `more`.
    """
    homes = homes_of(who)
    # From these rows to their notices, of which there are many times as many.
    on_own = exists().where(
        Notice.id == model.notice_id,
        or_(Notice.organisation_id.in_(homes), Notice.author_id == who),
    )
    return union(
        select(model.id).where(model.organisation_id.in_(homes)),
        *more,
        select(model.id).where(model.notice_id.is_not(None), on_own),
        *could_list(model, who),
        open_to_all(model),
    )


def could_list(model: Any, who: Key) -> tuple[Select[Any], ...]:
    """The keys of what could name somebody on its list, one look for each way to name them."""
    homes = homes_of(who)
    sides = homes.union(select(Client.provider_id).where(Client.client_id.in_(homes)))
    groups = select(GroupMember.group_id).where(
        or_(GroupMember.person_id == who, GroupMember.organisation_id.in_(sides))
    )
    seats = select(Seat.process_id).where(
        or_(Seat.person_id == who, Seat.organisation_id.in_(sides))
    )
    key = getattr(Recipient, recipient_column(model))
    named = (
        (Recipient.person_id, Recipient.person_id == who),
        (Recipient.organisation_id, Recipient.organisation_id.in_(sides)),
        (Recipient.group_id, Recipient.group_id.in_(groups)),
        (Recipient.process_id, Recipient.process_id.in_(seats)),
    )
    # One look each: every pair of a noun and a sort of addressee has an index of its own.
    return tuple(select(key).where(key.is_not(None), by.is_not(None), them) for by, them in named)
