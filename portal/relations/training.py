"""How a person can stand to a completion: it is theirs, or they look after that person."""

from models.stakeholders import Membership
from models.training import Completion
from portal.db import alias
from portal.relations.belonging import ADMINS, belongs, in_force
from portal.relations.sentence import Now, Predicate, Who, relation, some

OF_LEARNER = alias(Membership, "policy_of_learner")


@relation
def learner(completion: type[Completion], who: Who, _now: Now) -> Predicate:
    """It is the person's own completion."""
    return completion.person_id == who


@relation
def learners_admin(completion: type[Completion], who: Who, now: Now) -> Predicate:
    """The person looks after the people of an organisation that the learner belongs to."""
    return some(
        OF_LEARNER,
        where=(
            OF_LEARNER.person_id == completion.person_id,
            in_force(OF_LEARNER, now),
            belongs(OF_LEARNER.organisation_id, who, now, *ADMINS),
        ),
    )
