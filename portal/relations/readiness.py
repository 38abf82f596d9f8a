"""How a person can stand to a self-check: they answer it, or they have no part in it."""

from models.readiness import SelfCheck
from portal.relations.sentence import Now, Predicate, Who, relation


@relation
def respondent(check: type[SelfCheck], who: Who, _now: Now) -> Predicate:
    """The person answers it: nobody else does, whatever team or delegation it is about."""
    return check.person_id == who
