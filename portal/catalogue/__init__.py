"""The catalogue: one entry per noun, for every service that speaks of all nouns.

Overview, search and timelines go over `NOUNS`; no other module holds a list of nouns that is not
explained in `tests/catalogue/test_no_other_list.py`.
"""

from typing import Any, Final

from portal.catalogue.alternates import OF_ALTERNATES
from portal.catalogue.claims import CLAIM
from portal.catalogue.commitments import COMMITMENT
from portal.catalogue.contacts import CONTACT
from portal.catalogue.dialogues import DIALOGUE
from portal.catalogue.exercises import EXERCISE
from portal.catalogue.harm import OF_HARM
from portal.catalogue.library import CLAUSE, OF_OFFICE
from portal.catalogue.notices import NOTICE, linked
from portal.catalogue.noun import (
    Activity,
    Due,
    Menu,
    Noun,
    Search,
    Section,
    Service,
    Source,
    Without,
)
from portal.catalogue.offers import OFFER
from portal.catalogue.processes import PROCESS
from portal.catalogue.readiness import SELF_CHECK
from portal.catalogue.records import RECORD
from portal.catalogue.releases import RELEASED
from portal.catalogue.stakeholders import GROUP, ORGANISATION, PERSON
from portal.catalogue.training import COMPLETION
from portal.catalogue.units import UNIT
from portal.rules import ACKNOWLEDGE, REMIND

NOUNS: Final[tuple[Noun[Any], ...]] = (
    NOTICE,
    COMMITMENT,
    DIALOGUE,
    RECORD,
    CLAIM,
    OF_HARM,
    RELEASED,
    EXERCISE,
    PROCESS,
    CLAUSE,
    ORGANISATION,
    PERSON,
    GROUP,
    OFFER,
    CONTACT,
    OF_ALTERNATES,
    SELF_CHECK,
    COMPLETION,
    UNIT,
    OF_OFFICE,
)
OF_NAME: Final = {noun.name: noun for noun in NOUNS}
LADDERS: Final = tuple(
    ladder for noun in NOUNS if not isinstance(noun.ladders, Without) for ladder in noun.ladders
)
# By reminder and noun (also by hand) the verb that ends what is late: it goes only to whoever
# may still do it.
REMINDS: Final = {
    (rung.template, ladder.resource_type.name): ladder.verb
    for ladder in LADDERS
    for rung in ladder.rungs
} | {(REMIND, NOTICE.name): ACKNOWLEDGE}
