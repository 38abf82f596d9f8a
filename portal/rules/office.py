"""The policy on the office (the portal as a resource of its own) and on the library of clauses."""

from typing import Final

from models.norms import Clause, ClauseState
from models.office import Office
from portal.relations import anyone, auditor, steward
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    ADD_CLAUSE,
    ADMIT,
    ANNOUNCE,
    DRAFT_UNIT,
    EDIT,
    READ,
    READ_EMAILS,
    READ_TRAIL,
    REQUIRE_EVERYWHERE,
    RESTORE,
    RETIRE,
    RETRY_EMAIL,
)

OPEN: Final = "open"
ACTIVE, RETIRED = ClauseState

OFFICE: Final = ResourceType(
    "office",
    Office,
    "H",
    at(OPEN),
    (
        Rule(READ, at(OPEN), steward | auditor),
        Rule(READ_TRAIL, at(OPEN), steward | auditor),
        Rule(READ_EMAILS, at(OPEN), steward),
        Rule(ADMIT, at(OPEN), steward),
        Rule(ANNOUNCE, at(OPEN), steward),
        Rule(ADD_CLAUSE, at(OPEN), steward),
        Rule(DRAFT_UNIT, at(OPEN), steward),
        Rule(RETRY_EMAIL, at(OPEN), steward),
        Rule(REQUIRE_EVERYWHERE, at(OPEN), steward),
    ),
)

CLAUSES: Final = ResourceType(
    "clauses",
    Clause,
    "L",
    at(*ClauseState),
    (
        Rule(READ, at(ACTIVE, RETIRED), anyone),
        Rule(EDIT, at(ACTIVE), steward),
        Rule(RETIRE, at(ACTIVE), steward, then=RETIRED),
        Rule(RESTORE, at(RETIRED), steward, then=ACTIVE),
    ),
)
