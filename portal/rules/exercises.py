"""The policy on exercises: run by few, played by party, marked as what they are, removable."""

from typing import Final

from models.exercises import (
    Exercise,
    ExerciseFinding,
    ExerciseInject,
    ExerciseInjectParty,
    ExerciseNote,
    ExerciseResponse,
    ExerciseSeat,
    ExerciseState,
)
from portal.relations import (
    Relation,
    active,
    author,
    controls,
    entered,
    falls_to_their_organisation,
    finding_falls_to_them,
    inject_arrived,
    inject_due,
    just_seated,
    observes,
    of_its_exercise,
    of_their_party,
    own_speaker,
    plays_a_party,
    released,
    sent_to_their_party,
    steward,
    system,
    takes_part,
    untrained_for_red,
)
from portal.rules.following import may_be_followed
from portal.rules.marking import addressees, allowed, readers, recipients
from portal.rules.sentence import AudienceRules, ResourceType, Rule, at
from portal.rules.verbs import (
    ADD_FINDING,
    ANSWER,
    CANCEL,
    CLOSE,
    CONCLUDE,
    EDIT,
    ERASE,
    EXPORT,
    PLAN,
    PUBLISH,
    PUBLISH_RED,
    READ,
    READ_LEDGER,
    READ_TEXT,
    RELEASE,
    SEAT,
    START,
    TAKE_UP,
    UNINVITE,
    WRITE_NOTE,
)

DRAFT, PLANNED, RUNNING, OVER, CLOSED, CANCELLED, ERASED = ExerciseState
OPENED: Final = (PLANNED, RUNNING, OVER, CLOSED)
KEPT: Final = (DRAFT, *OPENED, CANCELLED)

# Whoever plays a party for the organisation does not know what is to come.
organises = author | (own_speaker & ~plays_a_party)
runs = organises | controls
in_it = organises | takes_part
# A seat alone lets nobody in: whoever has one must be among the readers too.
participants = readers & takes_part

# Whoever lost their role, and may read nothing any more, is told that alone, where an e-mail had
# brought them an entry for their calendar.
EXERCISE_EMAILS: Final = {(UNINVITE, "exercises"): active & entered & ~takes_part}

# Before it is released an inject is there for those who run the exercise alone.
EXERCISE_SUB_RESOURCES: Final[dict[type, Relation]] = {
    ExerciseInject: of_its_exercise(runs)
    | (released & (of_its_exercise(observes) | sent_to_their_party)),
    ExerciseInjectParty: of_its_exercise(runs | observes) | of_their_party,
    ExerciseResponse: of_its_exercise(runs | observes) | of_their_party,
    ExerciseSeat: of_its_exercise(in_it),
    ExerciseNote: of_its_exercise(in_it),
    ExerciseFinding: of_its_exercise(in_it) | falls_to_their_organisation,
}

EXERCISES: Final = ResourceType(
    "exercises",
    Exercise,
    "X",
    at(*ExerciseState),
    (
        Rule(READ, at(DRAFT, ERASED), organises),
        Rule(READ, at(*OPENED, CANCELLED), organises | readers),
        Rule(READ, at(RUNNING), system & inject_due),
        # The envelope alone, so that the steward can remove one whose organiser is gone.
        Rule(READ, at(CLOSED, CANCELLED), steward),
        Rule(READ_TEXT, at(DRAFT, CANCELLED), organises),
        Rule(READ_TEXT, at(*OPENED), organises | readers),
        Rule(EXPORT, at(OVER, CLOSED), in_it),
        Rule(READ_LEDGER, at(*KEPT), organises),
        *may_be_followed(ExerciseState),
        Rule(EDIT, at(DRAFT), organises),
        Rule(EDIT, at(PLANNED), organises, notify=recipients),
        Rule(SEAT, at(DRAFT), organises),
        Rule(SEAT, at(PLANNED, RUNNING), organises, notify=readers & just_seated),
        Rule(PLAN, at(DRAFT, PLANNED, RUNNING), runs),
        Rule(PUBLISH, at(DRAFT), organises, then=PLANNED, notify=recipients),
        # Asked beside both, where it is TLP:RED.
        Rule(PUBLISH_RED, at(DRAFT, PLANNED), organises & ~untrained_for_red),
        Rule(START, at(PLANNED), runs, then=RUNNING, notify=participants),
        Rule(
            RELEASE,
            at(RUNNING),
            runs | (system & inject_due),
            notify=readers & inject_arrived,
        ),
        Rule(ANSWER, at(RUNNING), plays_a_party),
        Rule(CONCLUDE, at(RUNNING), runs, then=OVER, notify=participants),
        Rule(WRITE_NOTE, at(OVER), in_it),
        Rule(ADD_FINDING, at(OVER), in_it),
        # Nobody binds another organisation by a finding: each takes up what falls to its own.
        Rule(TAKE_UP, at(OVER, CLOSED), finding_falls_to_them),
        Rule(CLOSE, at(OVER), organises, then=CLOSED),
        Rule(CANCEL, at(DRAFT, PLANNED, RUNNING), organises, then=CANCELLED, notify=recipients),
        Rule(ERASE, at(DRAFT, OVER), organises, then=ERASED),
        Rule(ERASE, at(CLOSED, CANCELLED), organises | steward, then=ERASED),
    ),
    audience=AudienceRules(allowed | organises, addressees | organises, addressees & ~author),
)
