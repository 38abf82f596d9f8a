"""Where the verbs of a noun are found, and which of them bring a resource of another about."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Place:
    """Where verbs of a noun are found: packages, blueprints, folders of tests."""

    packages: tuple[str, ...]
    blueprints: tuple[str, ...]
    tests: tuple[str, ...]


# Four nouns share a package, and some services and pages are over several nouns: coverage links
# norms, exchange makes files for other programs, feeds of people are made from dialogues.
SHARED: Final = Place(("stakeholders",), ("stakeholders",), ("stakeholders",))
PLACES: Final = {
    "notices": Place(("notices", "coverage", "exchange"), ("notices",), ("notices",)),
    "commitments": Place(("commitments", "coverage"), ("commitments",), ("commitments",)),
    "organisations": SHARED,
    "groups": SHARED,
    "people": Place(("stakeholders", "dialogues"), ("account", "stakeholders"), ("stakeholders",)),
    "offers": Place(("stakeholders",), ("offers",), ("stakeholders",)),
    "office": Place(("administration",), ("steward",), ("steward",)),
}
DERIVED: Final = ("notices derive", "claims derive", "harm derive", "records derive")
# By these a resource of another noun comes into being; the service and the tests are that noun's.
CREATES: Final = {
    "organisations post-notice": "notices",
    "organisations post-claim": "claims",
    "organisations state-harm": "harm",
    "organisations cite-harm": "harm",
    "organisations draft-release": "releases",
    **dict.fromkeys(DERIVED, "releases"),
    "organisations draft-commitment": "commitments",
    "organisations open-process": "processes",
    "organisations draft-dialogue": "dialogues",
    "organisations draft-exercise": "exercises",
    "organisations form-group": "groups",
    "dialogues draft-record": "records",
    "office admit": "organisations",
    "office add-clause": "clauses",
    "office draft-unit": "units",
    "people begin-self-check": "readiness",
    "organisations add-contact": "contacts",
    "organisations declare-alternate": "alternates",
    "organisations appoint-alternate": "alternates",
    "people begin-unit": "training",
    "people note-course": "training",
    "organisations read-training": "training",
    "organisations require": "training",
    "office require-everywhere": "training",
}

# Of these the address ends in the verb all the same.
ADDRESSED: Final = (
    "dialogues draft-record",
    *DERIVED,
    *("people note-course", "organisations read-training"),
    *("organisations require", "office require-everywhere"),
)


def place_of(noun: str) -> Place:
    return PLACES.get(noun, Place((noun,), (noun,), (noun,)))
