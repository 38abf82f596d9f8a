"""What the list of harm can be narrowed to and sorted by."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations
from blueprints.lists import Field, ListSpec
from models.harm import HarmState
from models.vocabulary import SECTORS
from portal.catalogue.harm import OF_HARM
from portal.harm.words import CATEGORIES
from portal.words import N_

LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "category",
            N_("Category"),
            usual=N_("Any category"),
            entries=tuple(CATEGORIES.items()),
            first=True,
            strict=True,
        ),
        Field(
            "sector",
            N_("Sector"),
            usual=N_("Any sector"),
            entries=tuple(SECTORS.items()),
            strict=True,
        ),
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple(
                (str(state), OF_HARM.states[state])
                for state in (HarmState.ASKED, HarmState.PUBLISHED, HarmState.WITHDRAWN)
            ),
            strict=True,
        ),
        of_organisations("party", N_("Entered by"), N_("Any organisation")),
        QUIET,
    ),
    orders={"changed": True},
    groups=(("party", N_("Organisation")),),
)
