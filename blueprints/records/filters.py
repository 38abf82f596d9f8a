"""What the list of minutes can be narrowed to, sorted and grouped by."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations
from blueprints.lists import Field, ListSpec
from portal.catalogue.records import RECORD
from portal.words import N_

LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple((str(state), words) for state, words in RECORD.states.items()),
            first=True,
        ),
        of_organisations("party", N_("Written by"), N_("Any organisation")),
        QUIET,
    ),
    orders={"changed": True, "silence": False},
    groups=(("party", N_("Organisation")),),
)
