"""The policy on units of training that stewards write: read by everybody once they are published.

A withdrawn one is the stewards' again; whoever completed it keeps its text with their completion.
"""

from typing import Final

from models.units import TrainingUnit, UnitState
from portal.relations import anyone, steward
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import CORRECT, EDIT, ERASE, PUBLISH, READ, WITHDRAW

DRAFT, PUBLISHED, WITHDRAWN, ERASED = UnitState

UNITS: Final = ResourceType(
    "units",
    TrainingUnit,
    "U",
    at(*UnitState),
    (
        Rule(READ, at(DRAFT, WITHDRAWN), steward),
        Rule(READ, at(PUBLISHED), anyone),
        Rule(EDIT, at(DRAFT), steward),
        Rule(PUBLISH, at(DRAFT), steward, then=PUBLISHED),
        Rule(ERASE, at(DRAFT), steward, then=ERASED),
        Rule(CORRECT, at(PUBLISHED), steward),
        Rule(WITHDRAW, at(PUBLISHED), steward, then=WITHDRAWN),
    ),
)
