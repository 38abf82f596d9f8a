"""The policy on completions of units: the learner's own; that one is completed, also their admin's.

No answer to a question is kept, so that no row speaks of answers.
"""

from typing import Final

from models.training import Completion, CompletionState
from portal.relations import learner, learners_admin, withdrawn_unit
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import COMPLETE, ERASE, EXPORT, READ, RENEW, STUDY

UNDER_WAY, COMPLETED, ERASED = CompletionState

TRAINING: Final = ResourceType(
    "training",
    Completion,
    "T",
    at(*CompletionState),
    (
        Rule(READ, at(UNDER_WAY), learner),
        Rule(READ, at(COMPLETED), learner | learners_admin),
        Rule(STUDY, at(UNDER_WAY), learner & ~withdrawn_unit),
        Rule(COMPLETE, at(UNDER_WAY), learner & ~withdrawn_unit, then=COMPLETED),
        Rule(ERASE, at(UNDER_WAY), learner, then=ERASED),
        Rule(EXPORT, at(COMPLETED), learner),
        Rule(RENEW, at(COMPLETED), learner & ~withdrawn_unit),
    ),
)
