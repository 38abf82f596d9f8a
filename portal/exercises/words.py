"""The words for roles and kinds of injects."""

from typing import Final

from models.exercises import ExerciseRole, InjectKind
from portal.words import N_

# Stands before each title, so that nothing of an exercise is taken for real. As the names of
# markings it is the same in every language.
MARK: Final = "EXERCISE: "
ROLES: Final = {
    ExerciseRole.PLAYER: N_("Player"),
    ExerciseRole.OBSERVER: N_("Observer"),
    ExerciseRole.CONTROLLER: N_("Controller"),
}
KINDS: Final = {
    InjectKind.NOTICE: N_("Notice"),
    InjectKind.MESSAGE: N_("Message"),
    InjectKind.NEWS: N_("News"),
}
