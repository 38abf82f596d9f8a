"""What the list of dialogues can be narrowed to, sorted and grouped by."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations, of_processes
from blueprints.lists import Field, ListSpec
from portal.catalogue.dialogues import DIALOGUE
from portal.words import N_

LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple((str(state), words) for state, words in DIALOGUE.states.items()),
            first=True,
        ),
        of_processes("part_of", N_("Process"), N_("Any process"), first=True),
        of_organisations("party", N_("Convened by"), N_("Any organisation")),
        QUIET,
        Field("unanswered", N_("No response from me"), "tick"),
    ),
    orders={"date": True, "changed": True},
    groups=(("party", N_("Organisation")), ("process", N_("Process"))),
)
