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


Question = tuple[Any, ...]


class CompiledWhenAsked(dict[Question, str]):
    """Texts of a policy that a test has changed: only those that it asks for.

    Of what `is_same` after the change the text is taken that was compiled before it.
    """

    def __init__(self, is_same: Callable[[Question], bool] = lambda _question: False) -> None:
        self.before, self.is_same = policy_sql.TEXTS, is_same

    def get(self, question: Question, _none: object = None) -> str:
        """The text of a question, compiled once."""
        if question not in self:
            compiler, *args = question
            before = self.before.get(question) if self.is_same(question) else None
            self[question] = compiler(*args) if before is None else before
        return self[question]


class Spoiled(dict[Question, str]):
    """Texts of the policy as it is, with something in each of them replaced."""

    def __init__(self, spoil: Callable[[str], str]) -> None:
        self.before, self.spoil = policy_sql.TEXTS, spoil

    def get(self, question: Question, _none: object = None) -> str:
        """The text of a question, replaced once; what was not compiled before is compiled here."""
        if question not in self:
            compiler, *args = question
            before = self.before.get(question)
            self[question] = self.spoil(compiler(*args) if before is None else before)
        return self[question]


@contextmanager
def compiled_anew(
    monkeypatch: pytest.MonkeyPatch, is_same: Callable[[Question], bool] = lambda _question: False
) -> Iterator[None]:
    """With what was patched before, and without it afterwards."""
    monkeypatch.setattr(policy_sql, "TEXTS", CompiledWhenAsked(is_same))
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


def is_no_row(question: Question) -> bool:
    """Whether a text says the same when rows are said of other states."""
    told = (policy_sql.verb_text, policy_sql.rows_text, policy_sql.beside_text)
    return question[0] not in told


@contextmanager
def saying(part: Relation, answer: Callable[[], Any]) -> Iterator[None]:
    """With one simple sentence replaced, wherever it stands."""
    kept, texts = part.predicate, policy_sql.TEXTS
    object.__setattr__(part, "predicate", lambda _resource, _who, _now: answer())
    policy_sql.TEXTS = CompiledWhenAsked(lambda question: is_without(question, part))
    try:
        yield
    finally:
        object.__setattr__(part, "predicate", kept)
        policy_sql.TEXTS = texts


def is_without(question: Question, part: Relation) -> bool:
    """Whether a text is that of a sentence in which the part does not stand, or of no sentence."""
    compiler, *args = question
    if compiler in (policy_sql.active_text, policy_sql.state_text):
        return True
    return compiler is policy_sql.relation_text and not _within(part, args[1])


def _within(part: Relation, sentence: Relation) -> bool:
    return sentence is part or any(_within(part, inner) for inner in sentence.parts)


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
    wanted = re.compile(rf"{re.escape(part)}(?!\w)")
    with monkeypatch.context() as patch:
        patch.setattr(policy_sql, "TEXTS", Spoiled(lambda sql: wanted.sub("true", sql)))
        yield
