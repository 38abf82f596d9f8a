"""The law on the office (the portal as a matter of its own) and on the library of clauses."""

from typing import Final

from models.norms import Clause, ClauseState
from models.office import Office
from portal.relations import anyone, auditor, steward
from portal.rules.sentence import Kind, Rule, at
from portal.rules.verbs import (
    ADD_CLAUSE,
    ADMIT,
    EDIT,
    READ,
    READ_LETTERS,
    READ_TRAIL,
    RESTORE,
    RETIRE,
    RETRY_LETTER,
)

OPEN: Final = "open"
ACTIVE, RETIRED = ClauseState

OFFICE: Final = Kind(
    "office",
    Office,
    "H",
    at(OPEN),
    (
        Rule(READ, at(OPEN), steward | auditor),
        Rule(READ_TRAIL, at(OPEN), steward | auditor),
        Rule(READ_LETTERS, at(OPEN), steward),
        Rule(ADMIT, at(OPEN), steward),
        Rule(ADD_CLAUSE, at(OPEN), steward),
        Rule(RETRY_LETTER, at(OPEN), steward),
    ),
)

CLAUSES: Final = Kind(
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
