"""The policy on mediation processes: only who has a seat knows of one."""

from typing import Final

from models.processes import Phase, Process
from portal.relations import on_team, seated, seats_open, untrained_for_seat
from portal.rules.following import may_be_followed
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    AGREE,
    BEGIN_TALKS,
    CLOSE,
    EDIT,
    EXPORT,
    IMPLEMENT,
    LINK,
    PAUSE,
    PREPARE,
    READ,
    READ_MEMBERS,
    SEAT,
    TAKE_SEAT,
)

PREPARATION, TALKS, AGREEMENT, IMPLEMENTATION, DORMANT, CLOSED = Phase
# The verb that leads into each phase; a process may go back as well as on until it is closed.
PHASES: Final = {
    PREPARATION: PREPARE,
    TALKS: BEGIN_TALKS,
    AGREEMENT: AGREE,
    IMPLEMENTATION: IMPLEMENT,
    DORMANT: PAUSE,
    CLOSED: CLOSE,
}
UNDER_WAY: Final = tuple(phase for phase in Phase if phase != CLOSED)

PROCESSES: Final = ResourceType(
    "processes",
    Process,
    "S",
    at(*Phase),
    (
        Rule(READ, at(*Phase), seated),
        Rule(EXPORT, at(*Phase), seated),
        Rule(READ_MEMBERS, at(*Phase), on_team | (seated & seats_open)),
        *may_be_followed(Phase),
        Rule(EDIT, at(*UNDER_WAY), on_team),
        Rule(SEAT, at(*Phase), on_team),
        # Asked beside seating others and moving the process: what is done from a seat on the team.
        Rule(TAKE_SEAT, at(*Phase), on_team & ~untrained_for_seat),
        # A link gives no access: whoever may read both ends sees it.
        Rule(LINK, at(*UNDER_WAY), on_team),
        *(
            Rule(verb, at(*(p for p in UNDER_WAY if p != phase)), on_team, then=phase)
            for phase, verb in PHASES.items()
        ),
    ),
)
