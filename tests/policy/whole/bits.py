"""The policy over a fixed world as numbers: a bit for each pair of a resource and a person.

Each simple sentence is asked once, about all pairs, in the SQL that the portal compiles; what joins
sentences is then a resource of `|` and `&`. So a mutant costs microseconds, or one question where
it changes the SQL of a simple sentence.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, inspect, text
from sqlalchemy.orm import Session

from models.base import Moment
from models.stakeholders import Person
from portal.policy_elements import NOW as WHEN
from portal.policy_elements import compiled_text
from portal.policy_sql import SOME, Form, active_text, state_text
from portal.relations import Relation
from portal.rules import READ, ResourceType
from tests.cast import NOW

NUMBERS: Final = itertools.count()
Answers = dict[str, int]


@dataclass(frozen=True)
class Spelling:
    """What becomes of the SQL of simple sentences, and what was found so on one ground."""

    spoil: Callable[[str], str] = str
    # The sentence is kept, so that no other gets its id.
    stood: dict[int, tuple[Relation, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Policy:
    """All that the policy says about one noun; `apart` are sentences outside the rows, by name."""

    kind: ResourceType
    apart: Mapping[str, Relation] = field(default_factory=dict)


class Ground:
    """The pairs of one noun, and for which of them a sentence holds."""

    def __init__(
        self,
        session: Session,
        model: Any,
        resources: Mapping[str, int],
        people: Mapping[str, int],
        texts: dict[str, str],
    ) -> None:
        """`texts`: sentences of the model as they were compiled so far, for any of its grounds."""
        self.session, self.texts = session, texts
        # People are asked about people: they need a second name there.
        self.form = Form(by_value=False, some=model is Person)
        self.model = SOME["people"] if model is Person else model
        self.pairs = [(resource, person) for resource in resources for person in people]
        self.place = {pair: n for n, pair in enumerate(self.pairs)}
        self.all = (1 << len(self.pairs)) - 1
        self.key, self.table = inspect(model).primary_key[0].name, model.__tablename__
        self.asked = f"asked_{self.table}_{next(NUMBERS)}"
        asked = Table(
            self.asked,
            MetaData(),
            *(Column(name, Integer) for name in ("n", "of", "who")),
            prefixes=["TEMPORARY"],
        )
        self.name = "some_people" if model is Person else self.table
        asked.create(session.connection())
        rows = [
            {"n": n, "of": resources[of], "who": people[who]}
            for n, (of, who) in enumerate(self.pairs)
        ]
        session.execute(insert(asked), rows)
        self.active = active_text(self.form)
        self.held = dict[str, int]()
        self.states = dict[tuple[str, ...], int]()
        self.as_it_is = Spelling()

    def holds(self, sql: str) -> int:
        """For which pairs a simple sentence holds; asked once."""
        if sql not in self.held:
            asked = text(
                f"SELECT a.n FROM {self.asked} a JOIN people ON people.id = a.who"
                f" JOIN {self.table} {self.name} ON {self.name}.{self.key} = a.of WHERE {sql}"
            )
            if ":policy_now" in sql:
                asked = asked.bindparams(bindparam("policy_now", NOW, Moment()))
            self.held[sql] = self._number(self.session.execute(asked).scalars())
        return self.held[sql]

    def stands(self, relation: Relation, spelling: Spelling | None = None) -> int:
        """For which pairs the person stands so to the resource; a sentence is put together once."""
        spelling = spelling or self.as_it_is
        if id(relation) not in spelling.stood:
            spelling.stood[id(relation)] = relation, self._joined(relation, spelling)
        return spelling.stood[id(relation)][1]

    def _joined(self, relation: Relation, spelling: Spelling) -> int:
        if relation.joint == "not":
            return self.all & ~self.stands(relation.parts[0], spelling)
        if relation.joint:
            one, other = (self.stands(part, spelling) for part in relation.parts)
            return one | other if relation.joint == "or" else one & other
        return self.holds(spelling.spoil(self.spelled(relation)))

    def spelled(self, relation: Relation) -> str:
        """A simple sentence as the portal compiles it."""
        if relation.name not in self.texts:
            asked = relation.predicate(self.model, self.form.who, WHEN)
            self.texts[relation.name] = compiled_text(self.model, asked)
        return self.texts[relation.name]

    def at(self, kind: ResourceType, states: tuple[str, ...]) -> int:
        """The pairs whose resource is in one of the states."""
        if states not in self.states:
            self.states[states] = self.holds(state_text(kind.name, states, self.form))
        return self.states[states]

    def is_active(self, spelling: Spelling | None = None) -> int:
        """The pairs whose person is active."""
        return self.holds((spelling or self.as_it_is).spoil(self.active))

    def answers(self, policy: Policy, spelling: Spelling | None = None) -> Answers:
        """For each verb, and each sentence outside the rows, the pairs for which it holds."""
        active, found = self.is_active(spelling), self.rows(policy.kind, spelling)
        for rule in policy.kind.rules:
            if rule.notify is not None:
                notified = active & self.stands(rule.notify, spelling)
                found[f"tell {rule.verb}"] = found.get(f"tell {rule.verb}", 0) | notified
        for verb in policy.kind.verbs:
            found[verb] &= found[READ]
        for name, said in policy.apart.items():
            found[name] = self.stands(said, spelling)
            if name.startswith("reach"):
                found[name] &= active
        return found

    def rows(self, kind: ResourceType, spelling: Spelling | None = None) -> Answers:
        """The same for each verb by its rows alone, without READ."""
        active = self.is_active(spelling)
        found = dict.fromkeys(kind.verbs, 0)
        for rule in kind.rules:
            states = self.at(kind, rule.states)
            found[rule.verb] |= active & states & self.stands(rule.who, spelling)
        return found

    def said(self, answers: int) -> set[tuple[str, str]]:
        """The pairs of a number, by name."""
        return {pair for n, pair in enumerate(self.pairs) if answers >> n & 1}

    def right(self, table: Mapping[str, Iterable[tuple[str, str]]]) -> Answers:
        """What a table says, the other way round; pairs of other resources do not count."""
        return {
            key: self._number(self.place[pair] for pair in pairs if pair in self.place)
            for key, pairs in table.items()
        }

    def _number(self, places: Iterable[int]) -> int:
        found = bytearray(len(self.pairs) // 8 + 1)
        for n in places:
            found[n >> 3] |= 1 << (n & 7)
        return int.from_bytes(found, "little")


def simple(relation: Relation) -> Iterable[Relation]:
    """The simple sentences that a sentence is joined of."""
    if relation.joint:
        for part in relation.parts:
            yield from simple(part)
    else:
        yield relation


def sentences(policy: Policy) -> Iterable[Relation]:
    """Every sentence of a policy."""
    for rule in policy.kind.rules:
        yield rule.who
        if rule.notify is not None:
            yield rule.notify
    yield from policy.apart.values()


def with_rule(policy: Policy, number: int, **values: Any) -> Policy:
    """The same policy with one row said otherwise."""
    rules = list(policy.kind.rules)
    rules[number] = replace(rules[number], **values)
    return replace(policy, kind=replace(policy.kind, rules=tuple(rules)))
