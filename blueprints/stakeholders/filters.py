"""What the directory of organisations can be narrowed to, sorted and grouped by."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from babel import Locale

from blueprints.lists import Field, ListSpec
from models.vocabulary import ORGANISATION_KINDS
from portal.catalogue.stakeholders import ORGANISATION
from portal.language import gettext
from portal.words import N_

COUNTRIES: Final = sorted(
    (
        (code, str(name))
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha()
    ),
    key=lambda pair: pair[1],
)
LIST: Final = ListSpec(
    fields=(
        Field("words", N_("Name"), "words", first=True),
        Field(
            "kind",
            N_("Type"),
            usual=N_("Any type"),
            entries=tuple((str(key), words) for key, words in ORGANISATION_KINDS.items()),
            first=True,
        ),
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple((str(state), words) for state, words in ORGANISATION.states.items()),
        ),
        Field(
            "country", N_("Country"), usual=N_("Any country"), entries=tuple(COUNTRIES), words=str
        ),
    ),
    orders={"name": False, "kind": False, "country": False, "state": False},
    groups=(("kind", N_("Type")), ("country", N_("Country"))),
)


def kind_of(row: Any) -> str:
    """The kind of an organisation, in words."""
    return gettext(ORGANISATION_KINDS[row.kind])


# By group the heading that a row stands under.
GROUP_NAMES: Final[dict[str, Callable[[Any], str]]] = {
    "kind": kind_of,
    "country": attrgetter("country"),
}
