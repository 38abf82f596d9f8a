"""The entry of units of training that stewards of the portal write."""

from typing import Final

from models.units import TrainingUnit, UnitState
from portal.catalogue.noun import (
    NO_CONTEXT,
    NO_DATES,
    NO_ENTRY,
    NO_MOMENT,
    NO_NEWS,
    NO_NORMS,
    NO_REMINDERS,
    NO_TASKS,
    NOT_DUE,
    NOT_WALKED,
    Activity,
    Beginning,
    Noun,
    Search,
    Without,
    everything,
    own_text,
)
from portal.rules import CORRECT, DRAFT_UNIT, PUBLISH, READ, UNITS, WITHDRAW
from portal.words import N_

UNIT: Final = Noun(
    policy=UNITS,
    label=N_("Training units of this portal"),
    one=N_("Training unit"),
    endpoint="units.read",
    menu=Without("it stands among all units, on the page of training"),
    states={
        UnitState.DRAFT: N_("draft"),
        UnitState.PUBLISHED: N_("published"),
        UnitState.WITHDRAWN: N_("withdrawn"),
        UnitState.ERASED: N_("erased"),
    },
    begins=Beginning(DRAFT_UNIT, UnitState.DRAFT),
    title=TrainingUnit.title,
    title_verb=READ,
    marked=False,
    activity=Activity(
        to_readers={
            PUBLISH: N_("A new training unit: %(what)s"),
            CORRECT: N_("%(what)s has a new version"),
            WITHDRAW: N_("%(what)s was withdrawn"),
        },
        to_holders={},
        # Which steward wrote it is not for every reader.
        named_to=(),
        moment=NO_MOMENT,
        proposal=everything,
    ),
    search=Search(
        verb=READ,
        sources=(own_text("unit_words", TrainingUnit, TrainingUnit.summary, TrainingUnit.body),),
        newest_first=False,
        names=(),
        parties=(),
        at=TrainingUnit.changed_at,
        older=N_("Older units"),
        proposal=everything,
        walks=NOT_WALKED,
    ),
    ties=Without("it is for everybody, and belongs to no process"),
    tasks=NO_TASKS,
    dates=NO_DATES,
    norm_tags=NO_NORMS,
    serves=Without("what is counted is that somebody completed one"),
    due=NOT_DUE,
    ladders=NO_REMINDERS,
    email_context=NO_CONTEXT,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)
