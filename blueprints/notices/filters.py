"""What the list of notices can be narrowed to, sorted and grouped by."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations
from blueprints.lists import Field, ListSpec
from models.notices import NoticeState
from models.vocabulary import COURSES, NOTICE_KINDS, SEVERITIES, Tlp
from portal.catalogue.notices import NOTICE
from portal.words import N_

PUBLISHED_ONES: Final = (NoticeState.OPEN, NoticeState.CLOSED, NoticeState.WITHDRAWN)
LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "state",
            N_("State"),
            usual=N_("Any state"),
            entries=tuple((str(state), NOTICE.states[state]) for state in PUBLISHED_ONES),
            first=True,
        ),
        Field(
            "severity",
            N_("Severity"),
            usual=N_("Any severity"),
            entries=tuple((str(key), words) for key, words in SEVERITIES.items()),
            first=True,
        ),
        Field("kind", N_("Type"), usual=N_("Any type"), entries=tuple(NOTICE_KINDS.items())),
        Field("course", N_("Ongoing or ended"), usual=N_("Either"), entries=tuple(COURSES.items())),
        Field(
            "tlp",
            N_("Marking"),
            usual=N_("Any marking"),
            entries=tuple((str(tlp), f"TLP:{tlp}") for tlp in Tlp),
            words=str,
        ),
        of_organisations("party", N_("From"), N_("Any organisation")),
        QUIET,
        Field("unanswered", N_("No response from me"), "tick"),
    ),
    orders={"published": True, "changed": True, "acknowledge": False},
    groups=(("party", N_("Organisation")),),
)
