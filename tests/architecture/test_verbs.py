"""A verb has one spelling: policy, service, endpoint, address, e-mail and test file say the same.

`EXCEPTIONS` is the one list of what differs, each with its reason. What an entry names must differ,
and nothing else may: whoever gives a verb its spelling takes it off the list.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask

from portal.relations import Relation
from portal.rules import RESOURCE_TYPES, Rule, verbs
from tests.architecture.places import ADDRESSED, CREATES, Place, place_of
from tools.write_docs import bare_app

ROOT: Final = Path(__file__).parents[2]
SERVICE, ENDPOINT, ADDRESS, EMAIL, TEST = "service", "endpoint", "address", "e-mail", "test file"
PAGE: Final = (ENDPOINT, ADDRESS)


@dataclass(frozen=True)
class Verb:
    """A verb of a noun, with the sentences of the policy about it."""

    noun: str
    name: str
    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        return f"{self.noun} {self.name}"

    @property
    def bare(self) -> str:
        """The verb as Python spells it."""
        return self.name.replace("-", "_")

    @property
    def with_noun(self) -> str:
        """The verb followed by its noun, as it is spelled where nouns share a package."""
        noun = {"people": "person"}.get(self.noun, self.noun.removesuffix("s"))
        return f"{self.bare}_{noun}"

    @property
    def place(self) -> Place:
        """Where it is done and tested."""
        return place_of(CREATES.get(str(self), self.noun))

    @property
    def names(self) -> tuple[str, ...]:
        """How it may be spelled, the first choice first."""
        if "stakeholders" not in self.place.packages:
            return (self.bare,)
        # Not what means another noun's: `leave_group` is how a person leaves a group.
        return (self.with_noun, *({self.bare} - {verb.with_noun for verb in VERBS}))


VERBS: Final = tuple(
    Verb(noun, name, tuple(rule for rule in resource_type.rules if rule.verb == name))
    for noun, resource_type in RESOURCE_TYPES.items()
    for name in resource_type.verbs
)


def service_of(verb: Verb) -> Any:
    """The function that does it; None where there is none. `dialogues.edit` edits no person."""
    others = {one.noun for one in VERBS if one.name == verb.name} - {verb.noun}
    modules = [
        import_module(f"portal.{name}") for name in verb.place.packages if name not in others
    ]
    found = (getattr(module, name, None) for name in verb.names for module in modules)
    return next((one for one in found if callable(one)), None)


def endpoints_of(verb: Verb, app: Flask) -> list[str]:
    """The endpoints of its page, or of the pages of its parts (`export_agenda`); the first found.

    What creates a resource may have its page with either noun.
    """
    pages = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    for blueprint in dict.fromkeys((*verb.place.blueprints, *place_of(verb.noun).blueprints)):
        for endpoint in (f"{blueprint}.{name}" for name in verb.names):
            parts = [
                page
                for page, address in pages.items()
                if page == f"{endpoint}_{address.rpartition('/')[2]}"
                and address.split("/")[-2] == verb.name
            ]
            if endpoint in pages or parts:
                return [endpoint] if endpoint in pages else parts
    return []


def has_address(verb: Verb, app: Flask) -> bool:
    """Whether addresses end in the verb, before the key or name of a part where there is one.

    The page of a resource is its address, without a word.
    """
    endpoints = endpoints_of(verb, app)
    rules = [rule.rule for endpoint in endpoints for rule in app.url_map.iter_rules(endpoint)]
    if verb.name == "read":
        return bool(rules) and all(rule.endswith(("<ref>", "/")) for rule in rules)
    steps = ([step for step in rule.split("/") if step[:1] != "<"] for rule in rules)
    parts = [endpoint.endswith((f".{verb.bare}", *verb.names)) for endpoint in endpoints]
    return bool(rules) and all(
        one[-1 if whole else -2] == verb.name for one, whole in zip(steps, parts, strict=True)
    )


def has_email(verb: Verb) -> bool:
    """Whether there is a template for those whom its rows notify, if they notify anybody."""
    template = ROOT / f"templates/emails/{verb.noun}/{verb.name}.txt"
    return template.is_file() or not any(rule.notify for rule in verb.rules)


def file_of(verb: Verb) -> str | None:
    """The test file of its name."""
    files = (f"tests/{place}/test_{name}.py" for place in verb.place.tests for name in verb.names)
    return next((file for file in files if (ROOT / file).is_file()), None)


def differs(verb: Verb, app: Flask) -> set[str]:
    """In what it is spelled otherwise, or not at all."""
    held = {
        SERVICE: service_of(verb) is not None,
        ENDPOINT: bool(endpoints_of(verb, app)),
        ADDRESS: has_address(verb, app),
        EMAIL: has_email(verb),
        TEST: file_of(verb) is not None,
    }
    return {name for name, holds in held.items() if not holds}


def demands_system(who: Relation) -> bool:
    """Whether nobody but the system user is meant."""
    if who.joint == "and":
        return any(map(demands_system, who.parts))
    return who.name == "system"


SYSTEM: Final = {str(one) for one in VERBS if all(demands_system(rule.who) for rule in one.rules)}


@dataclass(frozen=True)
class Exempt:
    """What differs, for which verbs, and why."""

    reason: str
    differs: tuple[str, ...]
    verbs: frozenset[str]


def exempt(reason: str, differs: tuple[str, ...], *verbs: str) -> Exempt:
    return Exempt(reason, differs, frozenset(verbs))


EXCEPTIONS: Final = (
    exempt(
        "a right to see a part of a page: asked about while the page is made, and never done",
        (SERVICE, *PAGE, TEST),
        *("notices read-text", "commitments read-text", "dialogues read-text", "records read-text"),
        *("claims read-text", "harm read-text", "releases read-text", "releases read-ledger"),
        "exercises read-text",
        *("dialogues read-table", "records read-comments", "processes read-members"),
        *("organisations read-members", "groups read-members"),
        *("people read-address", "offers read-address", "contacts read-ledger"),
    ),
    exempt(
        "one service over all nouns (portal.receipts, portal.following), and tested as one",
        (SERVICE, TEST),
        *("commitments read-ledger", "dialogues read-ledger", "records read-ledger"),
        *("claims read-ledger", "harm read-ledger", "exercises read-ledger"),
        *(str(verb) for verb in VERBS if verb.name in ("follow", "unfollow")),
    ),
    exempt(
        "read as on the page, with another verb and for another audit event: `read(verb=EXPORT)`",
        (SERVICE,),
        *("dialogues export", "records export", "training export"),
        *("readiness export", "claims export", "harm export", "processes export"),
        "exercises export",
    ),
    exempt(
        "what does not exist has no reference: the address of the form is `new` among its noun's",
        (ADDRESS,),
        *(verb for verb in CREATES if verb not in ADDRESSED),
    ),
    exempt(
        "the system user does it when time or another commitment says so: nobody has a page for it",
        PAGE,
        *SYSTEM,
    ),
    exempt(
        "what another verb comes to: the last verification in full fulfils, and publishing, "
        "accepting, answering or seating asks whether a unit of training is required first; acting "
        "for somebody is asked beside the verb that one does for them",
        (SERVICE, *PAGE),
        *("commitments fulfil", "notices publish-red", "offers take-role"),
        "alternates act-for",
        *("dialogues take-seat", "processes take-seat"),
        *(f"{noun} publish-red" for noun in ("claims", "commitments", "dialogues", "harm")),
        *("records publish-red", "exercises publish-red"),
    ),
    exempt("comes as the reply of a calendar, not by a page", PAGE, "dialogues counter"),
    exempt("the word is Python's own; it is `object_to`", (SERVICE,), "records object"),
    exempt(
        "one test walks a process through all phases, on and back (tests/processes/test_move.py)",
        (TEST,),
        *("processes prepare", "processes begin-talks", "processes agree"),
        *("processes implement", "processes pause"),
    ),
)


def expected(verb: Verb) -> set[str]:
    """In what the list says that it differs."""
    return {what for one in EXCEPTIONS if str(verb) in one.verbs for what in one.differs}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with nothing behind it: its addresses are looked at."""
    made = bare_app(tmp_path_factory.mktemp("bare"))
    yield made
    made.extensions["engine"].dispose()


@pytest.mark.parametrize("verb", VERBS, ids=str)
def test_a_verb_is_spelled_alike_everywhere(app: Flask, verb: Verb) -> None:
    assert getattr(verbs, verb.bare.upper()) == verb.name
    assert differs(verb, app) == expected(verb)


def test_no_two_verbs_share_a_page_a_test_file_or_a_function(app: Flask) -> None:
    # One verb of several nouns may be done on one page: a public text is derived from each alike.
    done = {(page, verb.name) for verb in VERBS for page in endpoints_of(verb, app)}
    done |= {(file, verb.name) for verb in VERBS if (file := file_of(verb))}
    pages = Counter(page for page, _name in done)
    assert [page for page, many in pages.items() if many > 1] == []
    called = {(service_of(verb), verb.name) for verb in VERBS} - {(None, v.name) for v in VERBS}
    assert len({service for service, _name in called}) == len(called)


def test_the_list_of_exceptions_is_short_and_names_verbs_of_the_policy() -> None:
    assert len(EXCEPTIONS) < 10
    assert all(one.reason and one.verbs for one in EXCEPTIONS)
    named = {verb for one in EXCEPTIONS for verb in one.verbs} | set(CREATES)
    assert named <= set(map(str, VERBS))
