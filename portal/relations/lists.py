"""How a person can stand to the recipient list of a resource, whatever noun it is."""

from typing import Any

from sqlalchemy import SQLColumnExpression, inspect, or_

from models.audience import RECIPIENT_LISTS, Recipient
from models.base import columns_to
from models.processes import Seat
from models.stakeholders import (
    Client,
    GroupMember,
    Membership,
    Organisation,
    SharingGroup,
    Standing,
)
from models.vocabulary import Tlp
from portal.db import alias, in_state
from portal.relations.belonging import belongs
from portal.relations.groups import on_group_list
from portal.relations.processes import has_seat
from portal.relations.sentence import Now, Predicate, Relation, Who, relation, some

LINE = alias(Recipient, "policy_line")
WAS_IN = alias(Membership, "policy_was_in")
MATE, CIRCLE = alias(GroupMember, "policy_mate"), alias(SharingGroup, "policy_circle")
CHAIR = alias(Seat, "policy_chair")
BUYS, SELLER = alias(Client, "policy_buys"), alias(Organisation, "policy_seller")
LISTS = columns_to(Recipient, *RECIPIENT_LISTS)


def recipient_column(resource: Any) -> str:
    """The column of recipient lists that names a resource of this kind: class, alias or row."""
    model = type(resource) if type(resource) in LISTS else inspect(resource).mapper.class_
    return LISTS[model]


def _is_on(resource: Any) -> Predicate:
    list_of: SQLColumnExpression[int] = getattr(LINE, recipient_column(resource))
    key: SQLColumnExpression[int] = resource.id
    return list_of == key


@relation
def named(resource: Any, who: Who, _now: Now) -> Predicate:
    """The person is on the recipient list by name."""
    return some(
        LINE,
        where=(_is_on(resource), ~LINE.excepted, LINE.person_id == who),
    )


@relation
def listed(resource: Any, who: Who, now: Now) -> Predicate:
    """The person's organisation is on the list, or a sharing group or process with the person."""
    return some(
        LINE,
        where=(
            _is_on(resource),
            ~LINE.excepted,
            or_(
                belongs(LINE.organisation_id, who, now),
                on_group_list(LINE.group_id, who, now),
                has_seat(LINE.process_id, who, now),
            ),
        ),
    )


@relation
def excepted(resource: Any, who: Who, now: Now) -> Predicate:
    """The person is taken out of the recipient list, or an organisation of the person is.

    Whoever was a member at any time since the exception was made is excepted for good: leaving the
    organisation is no way round it, nor is its own leaving of the portal.
    """
    ended_before = WAS_IN.ends_at <= LINE.excepted_since
    was_in = some(
        WAS_IN,
        where=(
            WAS_IN.organisation_id == LINE.organisation_id,
            WAS_IN.person_id == who,
            WAS_IN.begins_at <= now,
            or_(WAS_IN.ends_at.is_(None), LINE.excepted_since.is_(None), ~ended_before),
        ),
    )
    return some(
        LINE,
        where=(_is_on(resource), LINE.excepted, or_(LINE.person_id == who, was_in)),
    )


@relation
def client_of_listed(resource: Any, who: Who, now: Now) -> Predicate:
    """The person belongs to a client of a listed organisation, itself, by group or process."""
    by_group = some(
        MATE,
        CIRCLE,
        where=(
            MATE.group_id == LINE.group_id,
            MATE.organisation_id == BUYS.provider_id,
            CIRCLE.id == MATE.group_id,
            in_state(CIRCLE, Standing.ACTIVE),
        ),
    )
    by_process = some(
        CHAIR,
        where=(
            CHAIR.process_id == LINE.process_id,
            CHAIR.organisation_id == BUYS.provider_id,
        ),
    )
    return some(
        LINE,
        BUYS,
        SELLER,
        where=(
            _is_on(resource),
            ~LINE.excepted,
            or_(LINE.organisation_id == BUYS.provider_id, by_group, by_process),
            SELLER.id == BUYS.provider_id,
            SELLER.state == Standing.ACTIVE,
            belongs(BUYS.client_id, who, now),
        ),
    )


def marked(*markings: Tlp) -> Relation:
    """The resource carries one of the markings."""
    return Relation(
        "marked " + "/".join(markings),
        lambda resource, _who, _now: resource.tlp.in_(markings),
    )
