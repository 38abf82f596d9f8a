"""Whether a unit of training that stewards wrote is still offered."""

from models.training import Completion
from models.units import TrainingUnit, UnitState
from portal.db import alias, in_state
from portal.relations.sentence import Now, Predicate, Who, relation, some

OF_COMPLETION = alias(TrainingUnit, "policy_of_completion")


@relation
def withdrawn_unit(completion: type[Completion], _who: Who, _now: Now) -> Predicate:
    """The stewards withdrew the unit that it is of."""
    return some(
        OF_COMPLETION,
        where=(
            OF_COMPLETION.ref == completion.unit,
            in_state(OF_COMPLETION, UnitState.WITHDRAWN),
        ),
    )
