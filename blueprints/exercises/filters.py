"""What the list of exercises can be narrowed to and sorted by."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations
from blueprints.lists import Field, ListSpec
from models.exercises import ExerciseState
from portal.catalogue.exercises import EXERCISE
from portal.words import N_

NOT_LISTED: Final = (ExerciseState.DRAFT, ExerciseState.ERASED)
LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple(
                (str(state), word)
                for state, word in EXERCISE.states.items()
                if state not in NOT_LISTED
            ),
            first=True,
            strict=True,
        ),
        of_organisations("party", N_("Organised by"), N_("Any organisation")),
        QUIET,
    ),
    orders={"starts": True},
    groups=(("party", N_("Organisation")),),
)
