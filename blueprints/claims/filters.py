"""What the list of claims can be narrowed to and sorted by: never by the actor that is named."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations
from blueprints.lists import Field, ListSpec
from models.claims import ClaimState
from portal.catalogue.claims import CLAIM
from portal.claims.words import FORMS, STANCES
from portal.words import N_

SHOWN: Final = (ClaimState.ASKED, ClaimState.PUBLISHED, ClaimState.WITHDRAWN)
LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "form",
            N_("Form"),
            usual=N_("Any form"),
            entries=tuple(FORMS.items()),
            first=True,
            strict=True,
        ),
        Field(
            "stance",
            N_("Stance"),
            usual=N_("Any stance"),
            entries=tuple((str(key), words) for key, words in STANCES.items()),
            first=True,
            strict=True,
        ),
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple((str(state), CLAIM.states[state]) for state in SHOWN),
            strict=True,
        ),
        of_organisations("party", N_("Entered by"), N_("Any organisation")),
        QUIET,
    ),
    orders={"said": True, "changed": True},
    groups=(("claimant", N_("Claimant")),),
)
