"""What the list of commitments can be narrowed to, sorted and grouped by."""

from typing import Final

from blueprints.list_fields import QUIET, WORDS, of_organisations, of_processes
from blueprints.lists import Asked, Field, ListSpec
from models.vocabulary import THEMES
from portal import norms
from portal.catalogue.commitments import COMMITMENT
from portal.commitments import OURS, Filter
from portal.rules import LIVE, OVER
from portal.words import N_

US: Final = "us"
LIST: Final = ListSpec(
    fields=(
        WORDS,
        Field(
            "state",
            N_("State"),
            usual=N_("All active"),
            entries=(
                *((str(state), COMMITMENT.states[state]) for state in LIVE),
                ("over", N_("All past")),
                *((str(state), COMMITMENT.states[state]) for state in OVER),
            ),
            first=True,
        ),
        Field(
            "due",
            N_("Due"),
            usual=N_("Any day"),
            entries=(("late", N_("Overdue")), ("soon", N_("Within 14 days"))),
            first=True,
            strict=True,
        ),
        of_organisations(
            "waiting",
            N_("Waiting on"),
            N_("Anyone"),
            entries=((US, N_("My organisations")),),
            first=True,
        ),
        Field("differ", N_("Accounts differ"), "tick"),
        Field("unanswered", N_("No response"), "tick"),
        QUIET,
        Field("theme", N_("Theme"), usual=N_("Any theme"), entries=tuple(THEMES.items())),
        of_organisations("party", N_("Party"), N_("Any party")),
        of_processes("part_of", N_("Process"), N_("Any process")),
        Field(
            "norm",
            N_("Norm"),
            usual=N_("Any norm"),
            entries=tuple((key, key) for key in norms.NORMS),
            words=norms.label,
        ),
    ),
    orders={"due": False, "said": True, "proposed": True},
    groups=(("party", N_("Committing party")), ("process", N_("Process"))),
)


def filter_from(asked: Asked) -> Filter:
    """The narrowing as the service takes it."""
    ours = asked.text("waiting") == US
    return Filter(
        state=asked.text("state"),
        theme=asked.text("theme"),
        norm=asked.text("norm"),
        due=asked.text("due"),
        party=asked.number("party"),
        process=asked.number("part_of"),
        waiting=OURS if ours else asked.number("waiting"),
        differ=bool(asked.text("differ")),
        unanswered=bool(asked.text("unanswered")),
        quiet=asked.number("quiet"),
    )
