"""Taking the policy apart: a part of a sentence is replaced, and the requirement is asked again."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import false, inspect, true
from sqlalchemy.orm.util import AliasedClass

from portal import policy_sql
from portal.relations import Relation
from portal.rules import ResourceType, Rule

ANSWERS = {"always": true, "never": false}
# One comparison, as the policy is spelled: a column, and what it is held against.
HELD_AGAINST = r"(?:(?: (?:=|!=|<=|>) (?:'[^']*'|:\w+|\w+\.\w+))| IN \([^()]*\)| IS (?:NOT )?NULL)"
COMPARISON = re.compile(rf"(?:NOT )?\b\w+\.\w+{HELD_AGAINST}?")


class CompiledWhenAsked(dict[tuple[Any, ...], str]):
    """Texts of a policy that a test has changed: only those that it asks for."""

    def get(self, question: tuple[Any, ...], _none: object = None) -> str:
        """The text of a question, compiled once."""
        if question not in self:
            compiler, *args = question
            self[question] = compiler(*args)
        return self[question]


@contextmanager
def compiled_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With what was patched before, and without it afterwards."""
    monkeypatch.setattr(policy_sql, "TEXTS", CompiledWhenAsked())
    try:
        yield
    finally:
        monkeypatch.undo()


def rows(kind: ResourceType[Any], verbs: Iterable[str]) -> list[Rule]:
    """The sentences about these verbs."""
    return [rule for rule in kind.rules if rule.verb in verbs]


def atoms(kind: ResourceType[Any], verbs: Iterable[str]) -> dict[str, Relation]:
    """The simple sentences in the rows about these verbs, by name."""
    found: dict[str, Relation] = {}

    def walk(part: Relation) -> None:
        for inner in part.parts:
            walk(inner)
        if not part.parts:
            found.setdefault(part.name, part)

    for rule in rows(kind, verbs):
        walk(rule.who)
    return found


def in_every_state(monkeypatch: pytest.MonkeyPatch, kind: ResourceType[Any], rule: Rule) -> None:
    """Let one sentence hold whatever state the resource is in."""
    everywhere = replace(rule, states=kind.states)
    changed = tuple(everywhere if row is rule else row for row in kind.rules)
    monkeypatch.setitem(policy_sql.RESOURCE_TYPES, kind.name, replace(kind, rules=changed))


@contextmanager
def saying(part: Relation, answer: Callable[[], Any]) -> Iterator[None]:
    """With one simple sentence replaced, wherever it stands."""
    kept, texts = part.predicate, policy_sql.TEXTS
    object.__setattr__(part, "predicate", lambda _resource, _who, _now: answer())
    policy_sql.TEXTS = CompiledWhenAsked()
    try:
        yield
    finally:
        object.__setattr__(part, "predicate", kept)
        policy_sql.TEXTS = texts


def comparisons(spelled: Iterable[str], rows: Iterable[str]) -> list[str]:
    """All comparisons that speak of these rows, in the order in which the policy spells them."""
    speaks = re.compile(rf"\b({'|'.join(rows)})\.(?!state\b)")
    found = (part for sql in spelled for part in COMPARISON.findall(sql))
    return list(dict.fromkeys(part for part in found if speaks.search(part)))


def names_of(*rooms: ModuleType) -> list[str]:
    """The rows of other tables that the relations in these rooms look for."""
    return [
        inspect(value).name
        for room in rooms
        for value in vars(room).values()
        if isinstance(value, AliasedClass)
    ]


@contextmanager
def holding_always(monkeypatch: pytest.MonkeyPatch, part: str) -> Iterator[None]:
    """With one comparison held to be true wherever it is spelled."""
    compiled = policy_sql.compiled_text

    def otherwise(*words: Any) -> str:
        return re.sub(rf"{re.escape(part)}(?!\w)", "true", compiled(*words))

    monkeypatch.setattr(policy_sql, "compiled_text", otherwise)
    with compiled_anew(monkeypatch):
        yield
