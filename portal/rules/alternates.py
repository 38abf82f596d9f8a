"""The policy on alternates: who names one, who agrees, who ends it, and when one may act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_

from models.alternates import Alternate, AlternateState
from models.stakeholders import Role
from portal.db import in_state
from portal.relations import (
    Relation,
    active,
    acts_themselves,
    alternate,
    alternates_admin,
    attended_for_home,
    attendee,
    both_belong,
    declared_it,
    holder,
    holds_at_home,
    invited_at_home,
    not_answered,
    not_over,
    polled_at_home,
    present,
    represented,
    role_held,
    steward,
    under_way,
)
from portal.rules.dialogues import may_answer_poll
from portal.rules.notices import asked
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    ACCEPT,
    ACKNOWLEDGE,
    ACT_FOR,
    ADOPT,
    AGREE,
    ANSWER,
    ANSWER_POLL,
    APPOINT_ALTERNATE,
    CANCEL,
    CHECK,
    CIRCULATE,
    CLOSE,
    CONVENE,
    CORRECT,
    DECLARE_ALTERNATE,
    DECLINE,
    END,
    OBJECT,
    POLL,
    PROPOSE_TIMES,
    PUBLISH,
    READ,
    RECALL,
    REMIND,
    RESCHEDULE,
    WITHDRAW,
)

DECLARED, ACCEPTED, DECLINED, ENDED = AlternateState

# Asked at each act, and kept nowhere: it ends with the day, the membership, the role or by END.
acts_now = under_way & both_belong & role_held
asked_to_act = alternate & not_over & both_belong & role_held
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
    both = (acts_now & acts_themselves).at(row, None, now)
    return and_(in_state(row, AlternateState.ACCEPTED), both)


@dataclass(frozen=True)
class ByName:
    """A verb that whoever is away holds by name: by which relation, and for which organisation.

    `work_of` are the roles whose work it is, which an alternate for one of them covers.
    `at_home` is asked of a row of alternates and the resource: B holds it for the organisation for
    which A acts. Where there is none, the person is asked, whatever organisation they belong to.
    `asked_by` are the e-mails of events that ask for it, which the alternate gets as well: what
    happened stands in the mailbox of whoever comes back. Those of `urged_by` they get instead.
    Those of `settled_by` say how it went: whoever did it gets them as well, while they act.
    """

    relation: Relation
    at_home: Callable[[Any, Any, Any], ColumnElement[bool]] | None = None
    asked_by: tuple[str, ...] = ()
    urged_by: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    work_of: tuple[Role, ...] = ()


# Whoever sits at a table responds, finds a date and agrees to the minutes: one work, so that no two
# alternates share a seat. A contact point is a position, whatever role its holder has: by purpose.
LIAISON, TABLE = (Role.LIAISON,), (Role.MEDIATOR, Role.COORDINATOR)
# What somebody holds by name and an alternate may do for them, by noun and verb. The alternate
# reads the resource themselves; what a role gives stays with whoever has the role.
BY_ALTERNATE: Final[dict[tuple[str, str], ByName]] = {
    ("notices", ACKNOWLEDGE): ByName(
        asked, None, (PUBLISH, CORRECT), (REMIND,), (CLOSE, WITHDRAW), LIAISON
    ),
    ("contacts", ANSWER): ByName(holder, holds_at_home, (), (CHECK,)),
    ("dialogues", ANSWER): ByName(
        attendee, invited_at_home, ("invitation", RESCHEDULE), (), (CANCEL,), TABLE
    ),
    ("dialogues", ANSWER_POLL): ByName(
        may_answer_poll, polled_at_home, (POLL, PROPOSE_TIMES), (REMIND,), (CONVENE, CANCEL), TABLE
    ),
    ("records", AGREE): ByName(present, attended_for_home, (), (), (RECALL, OBJECT, ADOPT), TABLE),
    ("records", OBJECT): ByName(
        present, attended_for_home, (CIRCULATE,), (), (RECALL, ADOPT), TABLE
    ),
}
# By role: the duties that are its work. Whoever has another role alone has none by name.
WORK_OF: Final[dict[Role, frozenset[tuple[str, str]]]] = {
    role: duties
    for role in Role
    if (duties := frozenset(duty for duty, held in BY_ALTERNATE.items() if role in held.work_of))
}
# By template and noun: for which verb an e-mail asks, and which go to the alternate instead.
ASKS_FOR: Final = {
    (template, noun): verb
    for (noun, verb), by_name in BY_ALTERNATE.items()
    for template in (*by_name.asked_by, *by_name.urged_by)
}
# By template and noun: of which verbs an e-mail says how it went.
TELLS_OF: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    kind: tuple(
        verb
        for (noun, verb), by_name in BY_ALTERNATE.items()
        if noun == kind[1] and kind[0] in by_name.settled_by
    )
    for kind in dict.fromkeys(
        (template, noun)
        for (noun, _verb), by_name in BY_ALTERNATE.items()
        for template in by_name.settled_by
    )
}
INSTEAD: Final = frozenset(
    (template, noun)
    for (noun, _verb), by_name in BY_ALTERNATE.items()
    for template in by_name.urged_by
)


def comes_back(template: str, noun: str) -> bool:
    """Whether an e-mail to an alternate goes to whoever is away once the alternate cannot have it.

    What urges does, by hand or by a ladder: whoever is away has got nothing. Of what asks, or tells
    how it went, they have their own.
    """
    kind = (template, noun)
    return kind in INSTEAD or (kind not in ASKS_FOR and kind not in TELLS_OF)
