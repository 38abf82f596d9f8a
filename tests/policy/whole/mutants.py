"""Every way in which the policy on a noun is spoiled by one thing."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from sqlalchemy import false, true

from portal.relations import Relation
from portal.rules import READ, RESOURCE_TYPES, ResourceType, Rule
from tests.policy.whole.bits import (
    Answers,
    Ground,
    Policy,
    Spelling,
    sentences,
    simple,
    with_rule,
)

ALWAYS: Final = Relation("always", lambda _resource, _who, _now: true())
NEVER: Final = Relation("never", lambda _resource, _who, _now: false())
# One comparison as it is spelled: a column, and what it is held against.
_AGAINST = r"(?:(?: (?:=|!=|<=|>|<|>=) (?:'[^']*'|:\w+|[\w.]+))| IN \([^()]*\)| IS (?:NOT )?NULL)"
COMPARISON: Final = re.compile(rf"(?:NOT )?\b(?:law_\w+|\w+)\.\w+{_AGAINST}?")
LIST: Final = re.compile(r"IN \(('[^()]*')\)")
ROLES: Final = "policy_in.role"
Spoiled = Callable[[str], str]


class Mutant(NamedTuple):
    """What is spoiled, the policy that is left, and what becomes of the SQL of its sentences."""

    name: str
    policy: Policy
    spoil: Spoiled | None = None

    def is_noticed(self, grounds: Iterable[tuple[Ground, Answers]]) -> bool:
        """Whether an answer differs in one of the grounds from what the table says there."""
        return any(self._differs(ground, right) for ground, right in grounds)

    def _differs(self, ground: Ground, right: Answers) -> bool:
        spelling = Spelling(self.spoil) if self.spoil else None
        answers = ground.answers(self.policy, spelling)
        if any(found != right.get(key, 0) for key, found in answers.items()):
            return True
        # Whether it would if READ did not say the same sentence beside it.
        kind, active = RESOURCE_TYPES[self.policy.kind.name], ground.is_active(spelling)
        for rule, other in zip(kind.rules, self.policy.kind.rules, strict=True):
            if says_read_again(kind, rule):
                said = active & ground.stands(rule.who)
                spoiled = active & ground.stands(other.who, spelling)
                if spoiled != said and said & ~spoiled == 0:
                    return True
        return False


def says_read_again(kind: ResourceType, rule: Rule) -> bool:
    """Whether READ says the same of these states: wider than READ the row cannot be."""
    read = {
        state for row in kind.rows(READ) if row.who.name == rule.who.name for state in row.states
    }
    return rule.verb != READ and set(rule.states) <= read


def mutants(policy: Policy, ground: Ground) -> Iterator[Mutant]:
    """All of a noun."""
    yield from _rows(policy)
    yield from _apart(policy)
    yield from _spelled(policy, ground)


def _rows(policy: Policy) -> Iterator[Mutant]:
    for number, rule in enumerate(policy.kind.rules):
        row = f"{rule.verb} at {rule.states[0]}"
        for state in policy.kind.states:
            rest = tuple(one for one in rule.states if one != state)
            states = rest if state in rule.states else (*rule.states, state)
            less = "not" if state in rule.states else "also"
            yield Mutant(f"{row}: {less} {state}", with_rule(policy, number, states=states))
        for name, who in spoiled(rule.who):
            yield Mutant(f"{row}: {name}", with_rule(policy, number, who=who))
        for name, tell in spoiled(rule.notify) if rule.notify else ():
            yield Mutant(f"{row}, told: {name}", with_rule(policy, number, notify=tell))


def _apart(policy: Policy) -> Iterator[Mutant]:
    for word, said in policy.apart.items():
        for name, other in spoiled(said):
            apart = {**policy.apart, word: other}
            yield Mutant(f"{word}: {name}", replace(policy, apart=apart))


def spoiled(relation: Relation) -> Iterator[tuple[str, Relation]]:
    """A sentence with one part left out, negated, or joined by the other word."""
    for other in (ALWAYS, NEVER):
        yield f"{relation.name} {other.name}", other
    if relation.joint != "not":
        yield f"not ({relation.name})", ~relation
    if relation.joint == "not":
        (part,) = relation.parts
        yield f"{part.name} for not", part
        yield from ((name, ~one) for name, one in spoiled(part))
    elif relation.joint:
        one, other = relation.parts
        join = (lambda a, b: a | b) if relation.joint == "or" else (lambda a, b: a & b)
        turned = one & other if relation.joint == "or" else one | other
        yield f"{relation.name} joined otherwise", turned
        yield from ((name, join(part, other)) for name, part in spoiled(one))
        yield from ((name, join(one, part)) for name, part in spoiled(other))


def _spelled(policy: Policy, ground: Ground) -> Iterator[Mutant]:
    atoms = {part.name: part for said in sentences(policy) for part in simple(said)}
    texts = {name: ground.spelled(part) for name, part in atoms.items()}
    comparisons = dict.fromkeys(c for sql in texts.values() for c in COMPARISON.findall(sql))
    for part in comparisons:
        if not part.startswith(ROLES):
            for word in ("true", "false"):
                yield Mutant(f"{part} is {word}", policy, _instead(part, word))
    # What belongs asks of roles is said by each sentence for itself.
    for name, sql in texts.items():
        for part in dict.fromkeys(c for c in COMPARISON.findall(sql) if c.startswith(ROLES)):
            yield Mutant(f"{name}: {part} is true", policy, _within(sql, part, "true"))
    lists = dict.fromkeys(items for sql in texts.values() for items in LIST.findall(sql))
    for items in lists:
        every = items.split(", ")
        for item in every if len(every) > 1 else ():
            rest = ", ".join(one for one in every if one != item)
            yield Mutant(f"{items} without {item}", policy, _instead(f"({items})", f"({rest})"))
    for n, sql in enumerate(texts.values()):
        if "NOT (EXISTS" in sql:
            spoil = _within(sql, "NOT (EXISTS", "(EXISTS")
            yield Mutant(f"{list(texts)[n]}: exists for not", policy, spoil)


def _instead(part: str, word: str) -> Spoiled:
    wanted = re.compile(rf"{re.escape(part)}(?!\w)")
    return lambda sql: wanted.sub(word, sql)


def _within(where: str, part: str, word: str) -> Spoiled:
    return lambda sql: sql.replace(part, word) if sql == where else sql
