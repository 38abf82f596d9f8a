"""How a person can stand to a notice: its own side, and what it asks."""

from typing import Any

from sqlalchemy import and_

from models.ledger import AuditEvent
from models.notices import Notice, Receipt, ReceiptReminder
from models.vocabulary import Tlp
from portal.db import alias
from portal.relations.belonging import SPEAKERS, belongs
from portal.relations.sentence import Now, Predicate, Who, relation, some

RECEIPT = alias(Receipt, "policy_receipt")
REMINDED = alias(ReceiptReminder, "policy_reminded")
OPENING = alias(AuditEvent, "policy_opening")


@relation
def author(notice: type[Notice], who: Who, now: Now) -> Predicate:
    """The person wrote the notice, and still belongs to its organisation."""
    return and_(notice.author_id == who, belongs(notice.organisation_id, who, now))


@relation
def own_side(notice: type[Notice], who: Who, now: Now) -> Predicate:
    """The person belongs to the organisation of the notice, which is not RED."""
    return and_(notice.tlp != Tlp.RED, belongs(notice.organisation_id, who, now))


@relation
def own_speaker(notice: type[Notice], who: Who, now: Now) -> Predicate:
    """The person speaks for the organisation of the notice, which is not RED."""
    return and_(notice.tlp != Tlp.RED, belongs(notice.organisation_id, who, now, *SPEAKERS))


@relation
def published(notice: type[Notice], _who: Who, _now: Now) -> Predicate:
    """The notice has left its organisation: a draft has no readers."""
    return notice.published_at.is_not(None)


@relation
def acknowledged(notice: type[Notice], who: Who, _now: Now) -> Predicate:
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
def reminded_of_receipt(notice: type[Notice], who: Who, now: Now) -> Predicate:
    """The person is reminded to acknowledge the notice at this very moment."""
    return some(
        REMINDED,
        where=(
            REMINDED.notice_id == notice.id,
            REMINDED.person_id == who,
            REMINDED.reminded_at == now,
        ),
    )


@relation
def opened(edition: Any, who: Who, _now: Now) -> Predicate:
    """The person opened this edition while it was the present one."""
    return some(
        OPENING,
        where=(
            OPENING.resource_type == "notices",
            OPENING.resource_id == edition.notice_id,
            OPENING.verb == "read",
            OPENING.edition == edition.number,
            OPENING.person_id == who,
        ),
    )
