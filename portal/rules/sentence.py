"""What the policy is written in: a rule is one sentence, a kind is a noun with its sentences."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from models.base import Resource
from portal.relations import Relation

M = TypeVar("M", bound=Resource)
M_co = TypeVar("M_co", bound=Resource, covariant=True)


@dataclass(frozen=True)
class Rule:
    """One sentence of the policy."""

    verb: str
    states: tuple[str, ...]
    who: Relation
    then: str | None = None
    notify: Relation | None = None


@dataclass(frozen=True)
class AudienceRules:
    """Whom a resource would reach were it open: its readers, those addressed, those notified."""

    readers: Relation
    addressed: Relation
    notified: Relation


@dataclass(frozen=True)
class ResourceType(Generic[M_co]):
    """A noun in the policy: its name, its table, the e-mail its references begin with, its rows.

    `audience` says whom one would reach; a noun without a recipient list has none.
    """

    name: str
    model: type[M_co]
    prefix: str
    states: tuple[str, ...]
    rules: tuple[Rule, ...]
    audience: AudienceRules | None = None

    def rows(self, verb: str) -> tuple[Rule, ...]:
        """The sentences about one verb."""
        return tuple(rule for rule in self.rules if rule.verb == verb)

    @property
    def verbs(self) -> tuple[str, ...]:
        """All verbs of the noun, in the order of the policy."""
        return tuple(dict.fromkeys(rule.verb for rule in self.rules))


def at(*states: str) -> tuple[str, ...]:
    """The states in which a sentence holds."""
    return tuple(str(state) for state in states)
