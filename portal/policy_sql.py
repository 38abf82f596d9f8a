"""The policy as SQL text: every sentence compiled once, by the one thread that imports this module.

Building the expressions anew for each question would cost fifty times the question, so the text is
kept for the life of the process, and for the next start (`portal.policy_store`). It is complete
before anything can be asked, and nothing is added to it later: what threads share must not be
filled at first use (decision 0014).
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final, NamedTuple

from models.stakeholders import Person
from portal.db import alias
from portal.policy_elements import KNOWN, NOW, WHO, compiled_text
from portal.policy_store import keep_texts, kept_texts, source_key
from portal.relations import Relation, standing
from portal.rules import AUDIENCE_RULES, EMAIL_TO, READ, RESOURCE_TYPES, SUB_RESOURCES

# "Some resource of the type", for questions that run over people.
SOME: Final = {
    name: alias(resource_type.model, f"some_{name}")
    for name, resource_type in RESOURCE_TYPES.items()
}
JOINTS: Final = {"or": " OR ", "and": " AND ", "not": ""}
# `make matrix` writes the digest there, with the policy in words.
PUBLISHED: Final = Path(__file__).parent.parent / "docs" / "rules.md"
DIGEST_LINE: Final = re.compile(r"^Digest of the policy as SQL \(SHA-256\): `([0-9a-f]{64})`", re.M)


class Form(NamedTuple):
    """How a question is put.

    `by_value`: the person is a value, else the column of people around the question. `some`: the
    resource is `SOME` of its type, else the type's own table. `known`: what is asked of the person
    apart from the resource is given as values.
    """

    by_value: bool
    some: bool = False
    known: bool = False

    @property
    def who(self) -> Any:
        """The person's key as SQL."""
        if self.known:
            return KNOWN
        return WHO if self.by_value else Person.id

    def resource(self, name: str) -> Any:
        """The resource that the question is about."""
        return SOME[name] if self.some else RESOURCE_TYPES[name].model


class PolicyDiffers(Exception):
    """What this process compiled is not the policy that was published, so it must not serve."""


def text_of(compiler: Callable[..., str], *args: Any) -> str:
    """The text that one of the functions below compiles from these arguments.

    One that is not among those compiled beforehand is compiled, and not kept.
    """
    kept = TEXTS.get((compiler, *args))
    return compiler(*args) if kept is None else kept


def verb_text(name: str, verb: str, form: Form) -> str:
    """Whether the person may do this now: a row of the verb holds, and they may read."""
    read = text_of(rows_text, name, READ, form)
    return read if verb == READ else f"({text_of(beside_text, name, verb, form)} AND {read})"


def beside_text(name: str, verb: str, form: Form) -> str:
    """Whether a row of the verb holds, of a person who may read: READ is asked beside it.

    In a state in which only those may read of whom the row speaks, nothing is asked again.
    """
    held = []
    for rule in RESOURCE_TYPES[name].rows(verb):
        stands = text_of(relation_text, name, rule.who, form)
        others = tuple(s for s in rule.states if not readers_of(name, s, form) <= {stands})
        same = tuple(state for state in rule.states if state not in others)
        held += [text_of(state_text, name, same, form)] if same else []
        if others:
            held.append(f"({text_of(state_text, name, others, form)} AND {stands})")
    return f"({' OR '.join(held) or 'false'})"


def readers_of(name: str, state: str, form: Form) -> set[str]:
    """Who may read a resource in a state: as the texts of which one must hold."""
    rows = RESOURCE_TYPES[name].rows(READ)
    return {text_of(relation_text, name, row.who, form) for row in rows if state in row.states}


def rows_text(name: str, verb: str, form: Form, stateless: bool = False) -> str:
    """Whether a row of the verb holds; with `stateless`, whatever state the resource is in."""
    held = []
    for rule in RESOURCE_TYPES[name].rows(verb):
        stands = text_of(relation_text, name, rule.who, form)
        state = text_of(state_text, name, rule.states, form)
        held.append(stands if stateless else f"({state} AND {stands})")
    return f"({text_of(active_text, form)} AND ({' OR '.join(held) or 'false'}))"


def sub_resource_text(model: type, form: Form) -> str:
    """Whether the person sees a part of a resource that they may read."""
    sees = compiled_text(model, SUB_RESOURCES[model].predicate(model, form.who, NOW))
    return f"({text_of(active_text, form)} AND {sees})"


def stands_text(name: str, relation: Relation, form: Form) -> str:
    """Whether an active person stands so to a resource."""
    return f"({text_of(active_text, form)} AND {text_of(relation_text, name, relation, form)})"


def relation_text(name: str, relation: Relation, form: Form) -> str:
    """Whether a person, active or not, stands so to a resource."""
    if relation.joint:
        parts = [text_of(relation_text, name, part, form) for part in relation.parts]
        joined = JOINTS[relation.joint].join(parts)
        return f"(NOT {joined})" if relation.joint == "not" else f"({joined})"
    resource = form.resource(name)
    return compiled_text(resource, relation.predicate(resource, form.who, NOW))


def state_text(name: str, states: tuple[str, ...], form: Form) -> str:
    """Whether a resource is in one of these states."""
    resource = form.resource(name)
    return compiled_text(resource, resource.state.in_(states))


def active_text(form: Form) -> str:
    """Whether the person is active; this underlies every sentence."""
    return compiled_text(Person, standing(form.who))


def digest() -> str:
    """SHA-256 over all texts and what they answer: 64 hexadecimal digits, the same each time."""
    return _digest_of(TEXTS)


def _digest_of(texts: dict[tuple[Any, ...], str]) -> str:
    found = hashlib.sha256()
    for (compiler, *args), text in texts.items():
        words = [getattr(arg, "name", None) or getattr(arg, "__name__", arg) for arg in args]
        found.update(f"{compiler.__name__}{words}\n{text}\n".encode())
    return found.hexdigest()


def published() -> str:
    """The digest that `make matrix` has published with the policy in words; empty without one."""
    said = DIGEST_LINE.search(PUBLISHED.read_text()) if PUBLISHED.is_file() else None
    return said[1] if said else ""


def check() -> None:
    """Compare with the published policy; raises PolicyDiffers where it is not the same."""
    expected = published()
    if not expected:
        raise PolicyDiffers(f"{PUBLISHED} does not tell the digest of the policy: run make matrix")
    if expected != digest():
        raise PolicyDiffers(f"the policy is not the one that {PUBLISHED} tells: run make matrix")


def _questions() -> Iterator[tuple[Any, ...]]:
    # Those that others are made of come first.
    forms = [Form(*flags) for flags in product((True, False), repeat=2)]
    for form in (*forms, Form(by_value=True, known=True)):
        yield active_text, form
        for name, resource_type in RESOURCE_TYPES.items():
            for rule in resource_type.rules:
                for part in _parts_first(rule.who):
                    yield relation_text, name, part, form
                yield state_text, name, rule.states, form
            for verb in resource_type.verbs:
                yield rows_text, name, verb, form
                yield rows_text, name, verb, form, True
                yield beside_text, name, verb, form
            for verb in (READ, *resource_type.verbs):
                yield verb_text, name, verb, form
        for model in SUB_RESOURCES:
            yield sub_resource_text, model, form
    for name, relation in _standings():
        yield stands_text, name, relation, Form(by_value=False, some=True)


def _parts_first(relation: Relation) -> Iterator[Relation]:
    if relation.joint:
        for part in relation.parts:
            yield from _parts_first(part)
    yield relation


def _standings() -> Iterator[tuple[str, Relation]]:
    # Who is notified of an act, who gets an e-mail all the same, whom a preview shows.
    for name, resource_type in RESOURCE_TYPES.items():
        yield from ((name, rule.notify) for rule in resource_type.rules if rule.notify is not None)
    yield from ((name, relation) for (_email, name), relation in EMAIL_TO.items())
    for name, rules in AUDIENCE_RULES.items():
        yield from ((name, whom) for whom in (rules.readers, rules.addressed, rules.notified))


def _from_last_start(questions: list[tuple[Any, ...]], key: str) -> dict[tuple[Any, ...], str]:
    # What an earlier start has compiled of the same sources; taken where it is what is published.
    texts = kept_texts(key)
    if len(texts) != len(questions):
        return {}
    found = dict(zip(questions, texts, strict=True))
    return found if _digest_of(found) == published() else {}


QUESTIONS: Final = list(dict.fromkeys(_questions()))
KEY: Final = source_key()
TEXTS: Final = _from_last_start(QUESTIONS, KEY)
if not TEXTS:
    for question in QUESTIONS:
        TEXTS[question] = text_of(*question)
    keep_texts(KEY, list(TEXTS.values()))
