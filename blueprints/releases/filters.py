"""What the list of releases can be narrowed to and sorted by."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations
from blueprints.lists import Field, ListSpec
from models.releases import ReleaseState
from portal.catalogue.releases import RELEASED
from portal.words import N_

LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple(
                (str(state), RELEASED.states[state])
                for state in ReleaseState
                if state != ReleaseState.DRAFT
            ),
            first=True,
            strict=True,
        ),
        of_organisations("party", N_("Entered by"), N_("Any organisation")),
        QUIET,
    ),
    orders={"changed": True},
    groups=(("party", N_("Organisation")),),
)
