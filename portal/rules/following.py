"""The policy on following: said once for every noun that can be followed."""

from collections.abc import Iterable

from portal.relations import anyone, following
from portal.rules.sentence import Rule, at
from portal.rules.verbs import FOLLOW, UNFOLLOW


def may_be_followed(states: Iterable[str]) -> tuple[Rule, ...]:
    """Whoever reads it may choose to hear of it; what they hear is asked each time."""
    return Rule(FOLLOW, at(*states), anyone), Rule(UNFOLLOW, at(*states), following)
