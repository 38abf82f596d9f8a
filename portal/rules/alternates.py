"""The policy on alternates: who names one, who agrees, who ends it, and when one may act."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_

from models.alternates import Alternate, AlternateState
from portal.db import in_state
from portal.relations import (
    Relation,
    active,
    alternate,
    alternates_admin,
    both_belong,
    declared_it,
    holder,
    not_answered,
    not_over,
    represented,
    steward,
    under_way,
)
from portal.rules.notices import asked
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    ACCEPT,
    ACKNOWLEDGE,
    ACT_FOR,
    ANSWER,
    APPOINT_ALTERNATE,
    DECLARE_ALTERNATE,
    DECLINE,
    END,
    READ,
)

DECLARED, ACCEPTED, DECLINED, ENDED = AlternateState

# Asked at each act, and kept nowhere: it ends with the day, the membership or by END.
acts_now = under_way & both_belong
asked_to_act = alternate & not_over & both_belong
# The first goes only to whoever can still agree to it; the second to whoever may still end it.
ALTERNATE_EMAILS: Final = {
    (DECLARE_ALTERNATE, "alternates"): active & asked_to_act & not_answered,
    (APPOINT_ALTERNATE, "alternates"): active & represented & not_over,
}

ALTERNATES: Final = ResourceType(
    "alternates",
    Alternate,
    "B",
    at(*AlternateState),
    (
        Rule(READ, at(*AlternateState), alternate | represented | alternates_admin | steward),
        Rule(ACCEPT, at(DECLARED), asked_to_act, then=ACCEPTED, notify=represented | declared_it),
        Rule(
            DECLINE,
            at(DECLARED),
            alternate & not_over,
            then=DECLINED,
            notify=represented | declared_it,
        ),
        Rule(
            END,
            at(DECLARED, ACCEPTED),
            (alternate | represented | alternates_admin) & not_over,
            then=ENDED,
            notify=alternate | represented,
        ),
        Rule(ACT_FOR, at(ACCEPTED), alternate & acts_now),
    ),
)


def in_force_now(row: Any, now: Any) -> ColumnElement[bool]:
    """Whether somebody acts for somebody by this row, at this moment."""
    return and_(in_state(row, AlternateState.ACCEPTED), acts_now.at(row, None, now))


# What somebody holds by name and an alternate may do for them: by noun and verb, by which relation.
# The alternate reads the resource themselves; what a role gives stays with whoever has the role.
BY_ALTERNATE: Final[dict[tuple[str, str], Relation]] = {
    ("notices", ACKNOWLEDGE): asked,
    ("contacts", ANSWER): holder,
}
