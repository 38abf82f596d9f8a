"""The nouns of the policy: how the world lays each, and all that the policy says about it."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from portal.rules import AUDIENCE_RULES, EMAIL_TO, RESOURCE_TYPES, SHUT, UNNAMED
from tests.policy.whole import claimed, exercised, hurt, listed, reached, released, small
from tests.policy.whole.bits import Policy
from tests.policy.whole.people import Cast


class Noun(NamedTuple):
    """What lays its resources, by name; its model; the policy on it."""

    lay: Callable[[Cast], dict[str, int]]
    model: Any
    policy: Policy


def of_kind(name: str, lay: Callable[[Cast], dict[str, int]]) -> Noun:
    """All that the policy says about a noun, in its rows and beside them."""
    apart = {f"email {email}": to for (email, noun), to in EMAIL_TO.items() if noun == name}
    apart |= {
        word: said[name] for word, said in (("shut", SHUT), ("unnamed", UNNAMED)) if name in said
    }
    if name in AUDIENCE_RULES:
        apart |= {f"reach {word}": said for word, said in vars(AUDIENCE_RULES[name]).items()}
    return Noun(lay, RESOURCE_TYPES[name].model, Policy(RESOURCE_TYPES[name], apart))


NOUNS: Final = {
    "notices": of_kind("notices", listed.notices),
    "commitments": of_kind("commitments", listed.commitments),
    "claims": of_kind("claims", claimed.claims),
    "harm": of_kind("harm", hurt.harm),
    "releases": of_kind("releases", released.releases),
    "exercises": of_kind("exercises", exercised.exercises),
    "processes": of_kind("processes", small.processes),
    "organisations": of_kind("organisations", small.organisations),
    "people": of_kind("people", small.people),
    "groups": of_kind("groups", small.groups),
    "offers": of_kind("offers", small.offers),
    "readiness": of_kind("readiness", small.readiness),
    "contacts": of_kind("contacts", reached.contacts),
    "alternates": of_kind("alternates", small.alternates),
    "training": of_kind("training", small.training),
    "units": of_kind("units", small.units),
    "clauses": of_kind("clauses", small.clauses),
    "office": of_kind("office", small.office),
}
