"""The entry of exercises."""

from typing import Any, Final

from models.exercises import Exercise, ExerciseInject, ExerciseState
from portal.catalogue.noun import (
    NO_MOMENT,
    NO_NORMS,
    NO_PART,
    Activity,
    Beginning,
    Due,
    Menu,
    Noun,
    Section,
    Service,
    Source,
    by_title_and_text,
    word_table,
)
from portal.catalogue.processes import named_on_list
from portal.db import in_state
from portal.exercises import release_due, with_due_injects
from portal.exercises.calendars import exercise_entry
from portal.exercises.dates import DATES
from portal.exercises.listing import could_know
from portal.exercises.reminders import LADDERS, email_context
from portal.exercises.tasks import TASKS
from portal.parameters import ME
from portal.rules import (
    CLOSE,
    EXERCISES,
    PUBLISH,
    READ,
    READ_LEDGER,
    READ_TEXT,
    RELEASE,
    SEAT,
    START,
)
from portal.rules.verbs import CANCEL, CONCLUDE, DRAFT_EXERCISE
from portal.words import N_


def _known(key: Any) -> Any:
    return key.in_(could_know(ME))


def _words(name: str, row: Any, resource: Any, said: tuple[Any, ...], part: Any) -> Source:
    return Source(
        words=word_table(name, "key"),
        pg_key="key",
        row=row,
        resource=resource,
        said=said,
        part=part,
        where=(),
    )


EXERCISE: Final = Noun(
    policy=EXERCISES,
    label=N_("Exercises"),
    one=N_("Exercise"),
    endpoint="exercises.read",
    menu=Menu("exercises.index", N_("Exercises"), Section.WORK),
    states={
        ExerciseState.DRAFT: N_("draft"),
        ExerciseState.PLANNED: N_("planned"),
        ExerciseState.RUNNING: N_("running"),
        ExerciseState.OVER: N_("hot wash"),
        ExerciseState.CLOSED: N_("closed"),
        ExerciseState.CANCELLED: N_("cancelled"),
        ExerciseState.ERASED: N_("removed"),
    },
    begins=Beginning(DRAFT_EXERCISE, ExerciseState.DRAFT),
    title=Exercise.title,
    title_verb=READ_TEXT,
    marked=True,
    activity=Activity(
        to_readers={
            PUBLISH: N_("%(who)s planned %(what)s"),
            START: N_("%(who)s started %(what)s"),
            CONCLUDE: N_("%(who)s concluded %(what)s"),
            CLOSE: N_("%(who)s closed %(what)s"),
            CANCEL: N_("%(who)s cancelled %(what)s"),
        },
        to_holders={READ_LEDGER: {SEAT: N_("%(who)s set the roles of %(what)s")}},
        named_to=(READ,),
        moment=NO_MOMENT,
        proposal=_known,
    ),
    search=by_title_and_text(
        READ_TEXT,
        Exercise,
        _words("exercise_words", Exercise, Exercise.id, (Exercise.body, Exercise.aims), NO_PART),
        _words(
            "exercise_inject_words",
            ExerciseInject,
            ExerciseInject.exercise_id,
            (ExerciseInject.title, ExerciseInject.body),
            ExerciseInject,
        ),
        older=N_("Older exercises"),
        proposal=_known,
    ),
    ties=named_on_list(Exercise),
    tasks=TASKS,
    dates=DATES,
    norm_tags=NO_NORMS,
    serves=(
        Service(
            key="tabletops",
            name=N_("Tabletop exercises"),
            says=N_("Exercises that took place, with a hot wash."),
            at=Exercise.starts_at,
            narrowed=(in_state(Exercise, ExerciseState.CLOSED),),
            measures=frozenset({"un-oewg-global-cbm-4"}),
        ),
    ),
    due=Due(with_due_injects, release_due),
    ladders=LADDERS,
    email_context=email_context,
    news=frozenset({CONCLUDE, RELEASE}),
    calendar_entry=exercise_entry,
)
