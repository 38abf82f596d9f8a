"""What the directory of contact points can be narrowed to, sorted and grouped by."""

from operator import attrgetter
from typing import Any, Final

from blueprints.choices import LANGUAGES
from blueprints.list_fields import WORDS, of_organisations, of_processes
from blueprints.lists import Field, ListSpec
from models.contacts import PURPOSES
from portal.language import gettext
from portal.words import N_

PURPOSE: Final = Field(
    "purpose",
    N_("For"),
    usual=N_("Any purpose"),
    entries=tuple((str(key), words) for key, words in PURPOSES.items()),
    first=True,
)
LANGUAGE: Final = Field(
    "language",
    N_("Language"),
    usual=N_("Any language"),
    entries=tuple(LANGUAGES),
    words=str,
    first=True,
    strict=True,
)
LIST: Final = ListSpec(
    fields=(
        WORDS,
        PURPOSE,
        of_organisations("party", N_("Organisation"), N_("Any organisation")),
        LANGUAGE,
        Field("stale", N_("Not verified in time"), "tick"),
    ),
    orders={"changed": True, "verified": True},
    groups=(("party", N_("Organisation")), ("purpose", N_("For"))),
)
# Whom to call now: narrowed as the directory is, and to the organisations of a process.
CALLING: Final = ListSpec(
    fields=(
        PURPOSE,
        LANGUAGE,
        of_organisations("party", N_("Organisation"), N_("Any organisation")),
        of_processes("part_of", N_("Process"), N_("Any process")),
    ),
    orders={},
)
GROUP_NAMES: Final[dict[str, Any]] = {
    "party": attrgetter("organisation"),
    "purpose": lambda row: gettext(PURPOSES[row.purpose]),
}
