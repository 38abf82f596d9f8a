"""How a person can stand to a notice: its own side, its recipient list, what it asks."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased

from models.ledger import AuditEvent
from models.notices import Receipt, Recipient
from models.stakeholders import Client, GroupMember, Organisation, Role, SharingGroup, Standing
from models.vocabulary import Tlp
from portal.relations.belonging import belongs
from portal.relations.groups import on_group_list
from portal.relations.sentence import Clause, Relation, Who, relation, some

LINE, RECEIPT = aliased(Recipient, name="law_line"), aliased(Receipt, name="law_receipt")
MATE, CIRCLE = aliased(GroupMember, name="law_mate"), aliased(SharingGroup, name="law_circle")
OPENING = aliased(AuditEvent, name="law_opening")
BUYS, SELLER = aliased(Client, name="law_buys"), aliased(Organisation, name="law_seller")


@relation
def author(notice: Any, who: Who, now: datetime) -> Clause:
    """The person wrote the notice, and still belongs to its organisation."""
    return and_(notice.author_id == who, belongs(notice.organisation_id, who, now))


@relation
def own_side(notice: Any, who: Who, now: datetime) -> Clause:
    """The person belongs to the organisation of the notice, which is not RED."""
    return and_(notice.tlp != Tlp.RED, belongs(notice.organisation_id, who, now))


@relation
def own_liaison(notice: Any, who: Who, now: datetime) -> Clause:
    """The person is a liaison of the organisation of the notice, which is not RED."""
    return and_(notice.tlp != Tlp.RED, belongs(notice.organisation_id, who, now, Role.LIAISON))


@relation
def published(notice: Any, _who: Who, _now: datetime) -> Clause:
    """The notice has left its organisation: a draft has no readers."""
    return notice.published_at.is_not(None)  # type: ignore[no-any-return]


@relation
def named(notice: Any, who: Who, _now: datetime) -> Clause:
    """The person is on the recipient list by name."""
    return some(
        LINE,
        where=(LINE.notice_id == notice.id, ~LINE.excepted, LINE.person_id == who),
    )


@relation
def listed(notice: Any, who: Who, now: datetime) -> Clause:
    """The person's organisation is on the recipient list, or a sharing group with the person."""
    return some(
        LINE,
        where=(
            LINE.notice_id == notice.id,
            ~LINE.excepted,
            or_(
                belongs(LINE.organisation_id, who, now),
                on_group_list(LINE.group_id, who, now),
            ),
        ),
    )


@relation
def excepted(notice: Any, who: Who, now: datetime) -> Clause:
    """The person, or an organisation of the person, is taken out of the recipient list."""
    return some(
        LINE,
        where=(
            LINE.notice_id == notice.id,
            LINE.excepted,
            or_(LINE.person_id == who, belongs(LINE.organisation_id, who, now)),
        ),
    )


@relation
def client_of_listed(notice: Any, who: Who, now: datetime) -> Clause:
    """The person belongs to a client of a listed organisation, listed itself or by a group."""
    by_group = some(
        MATE,
        CIRCLE,
        where=(
            MATE.group_id == LINE.group_id,
            MATE.organisation_id == BUYS.provider_id,
            CIRCLE.id == MATE.group_id,
            CIRCLE.state == Standing.ACTIVE,
        ),
    )
    return some(
        LINE,
        BUYS,
        SELLER,
        where=(
            LINE.notice_id == notice.id,
            ~LINE.excepted,
            or_(LINE.organisation_id == BUYS.provider_id, by_group),
            SELLER.id == BUYS.provider_id,
            SELLER.state == Standing.ACTIVE,
            belongs(BUYS.client_id, who, now),
        ),
    )


def marked(*markings: Tlp) -> Relation:
    """The notice carries one of the markings."""
    return Relation(
        "marked " + "/".join(markings),
        lambda notice, _who, _now: notice.tlp.in_(markings),
    )


@relation
def acknowledged(notice: Any, who: Who, _now: datetime) -> Clause:
    """The person has acknowledged the present edition."""
    return some(
        RECEIPT,
        where=(
            RECEIPT.notice_id == notice.id,
            RECEIPT.person_id == who,
            RECEIPT.edition == notice.edition,
        ),
    )


@relation
def opened(edition: Any, who: Who, _now: datetime) -> Clause:
    """The person opened this edition while it was the present one."""
    return some(
        OPENING,
        where=(
            OPENING.kind == "notices",
            OPENING.matter_id == edition.notice_id,
            OPENING.verb == "read",
            OPENING.edition == edition.number,
            OPENING.person_id == who,
        ),
    )
