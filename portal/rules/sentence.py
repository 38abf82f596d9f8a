"""What the law is written in: a rule is one sentence, a kind is a noun with its sentences."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from models.base import Resource
from portal.relations import Relation

M = TypeVar("M", bound=Resource)
M_co = TypeVar("M_co", bound=Resource, covariant=True)


@dataclass(frozen=True)
class Rule:
    """One sentence of the law."""

    verb: str
    states: tuple[str, ...]
    who: Relation
    then: str | None = None
    tell: Relation | None = None


@dataclass(frozen=True)
class Kind(Generic[M_co]):
    """A noun in the law: its name, its table, the letter its references begin with, its rows."""

    name: str
    model: type[M_co]
    letter: str
    states: tuple[str, ...]
    rules: tuple[Rule, ...]

    def rows(self, verb: str) -> tuple[Rule, ...]:
        """The sentences about one verb."""
        return tuple(rule for rule in self.rules if rule.verb == verb)

    @property
    def verbs(self) -> tuple[str, ...]:
        """All verbs of the noun, in the order of the law."""
        return tuple(dict.fromkeys(rule.verb for rule in self.rules))


def at(*states: str) -> tuple[str, ...]:
    """The states in which a sentence holds."""
    return tuple(str(state) for state in states)
