"""The policy on self-checks: answers stay with the one who answers, whoever else asks."""

from typing import Final

from models.readiness import CheckState, SelfCheck
from portal.relations import respondent
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import ANSWER, COMPLETE, ERASE, EXPORT, READ, RENEW

OPEN, COMPLETED, ERASED = CheckState

READINESS: Final = ResourceType(
    "readiness",
    SelfCheck,
    "Q",
    at(*CheckState),
    (
        Rule(READ, at(OPEN, COMPLETED), respondent),
        Rule(ANSWER, at(OPEN), respondent),
        Rule(COMPLETE, at(OPEN), respondent, then=COMPLETED),
        Rule(RENEW, at(COMPLETED), respondent),
        Rule(EXPORT, at(COMPLETED), respondent),
        Rule(ERASE, at(OPEN, COMPLETED), respondent, then=ERASED),
    ),
)
