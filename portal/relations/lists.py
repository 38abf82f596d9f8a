"""How a person can stand to the recipient list of a matter, whatever noun it is."""

from typing import Any

from sqlalchemy import SQLColumnExpression, inspect, or_

from models.audience import MATTERS, Recipient
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
from portal.relations.sentence import Clause, Now, Relation, Who, relation, some

LINE = alias(Recipient, "law_line")
WAS_IN = alias(Membership, "law_was_in")
MATE, CIRCLE = alias(GroupMember, "law_mate"), alias(SharingGroup, "law_circle")
CHAIR = alias(Seat, "law_chair")
BUYS, SELLER = alias(Client, "law_buys"), alias(Organisation, "law_seller")
LISTS = columns_to(Recipient, *MATTERS)


def list_of_matter(matter: Any) -> str:
    """The column of recipient lists that names a matter of this kind: class, alias or row."""
    model = type(matter) if type(matter) in LISTS else inspect(matter).mapper.class_
    return LISTS[model]


def _is_on(matter: Any) -> Clause:
    list_of: SQLColumnExpression[int] = getattr(LINE, list_of_matter(matter))
    key: SQLColumnExpression[int] = matter.id
    return list_of == key


@relation
def named(matter: Any, who: Who, _now: Now) -> Clause:
    """The person is on the recipient list by name."""
    return some(
        LINE,
        where=(_is_on(matter), ~LINE.excepted, LINE.person_id == who),
    )


@relation
def listed(matter: Any, who: Who, now: Now) -> Clause:
    """The person's organisation is on the list, or a sharing group or process with the person."""
    return some(
        LINE,
        where=(
            _is_on(matter),
            ~LINE.excepted,
            or_(
                belongs(LINE.organisation_id, who, now),
                on_group_list(LINE.group_id, who, now),
                has_seat(LINE.process_id, who, now),
            ),
        ),
    )


@relation
def excepted(matter: Any, who: Who, now: Now) -> Clause:
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
        where=(_is_on(matter), LINE.excepted, or_(LINE.person_id == who, was_in)),
    )


@relation
def client_of_listed(matter: Any, who: Who, now: Now) -> Clause:
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
            _is_on(matter),
            ~LINE.excepted,
            or_(LINE.organisation_id == BUYS.provider_id, by_group, by_process),
            SELLER.id == BUYS.provider_id,
            SELLER.state == Standing.ACTIVE,
            belongs(BUYS.client_id, who, now),
        ),
    )


def marked(*markings: Tlp) -> Relation:
    """The matter carries one of the markings."""
    return Relation(
        "marked " + "/".join(markings),
        lambda matter, _who, _now: matter.tlp.in_(markings),
    )
