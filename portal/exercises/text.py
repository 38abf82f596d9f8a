"""What an exercise says, as one value: it comes from a form or from a shipped scenario."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from models.exercises import Exercise
from models.vocabulary import Tlp
from portal.days import known_zone
from portal.exercises.words import MARK
from portal.scenarios import Scenario
from portal.slots import Wall, clock, instant_of, problem_of
from portal.words import N_

LONGEST: Final = {"title": 200, "body": 20_000, "aims": 2_000, "guide": 5_000}
SHORTEST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 5, 40, 480
MOST_PARTIES, LONGEST_PARTY = 8, 80
TOO_LONG: Final = N_("This is too long.")


@dataclass(frozen=True)
class ExerciseText:
    """The content of an exercise; `starts` is a local time in `zone`, `parties` are their names."""

    title: str
    tlp: Tlp
    starts: datetime | None
    zone: str
    minutes: int
    body: str = ""
    aims: str = ""
    guide: str = ""
    parties: tuple[str, ...] = ()

    def problems(self, now: datetime, *, begun: bool = False) -> dict[str, str]:
        """What cannot be taken, a message id for each field; a start that is past only once."""
        found = {
            name: TOO_LONG for name, most in LONGEST.items() if len(getattr(self, name)) > most
        }
        if not self.title.strip():
            found["title"] = N_("Give the exercise a title.")
        if not self.aims.strip():
            found["aims"] = N_("Say what is to be learned: one aim a line.")
        if not SHORTEST_MINUTES <= self.minutes <= MOST_MINUTES:
            found["minutes"] = N_("An exercise lasts between 5 minutes and 8 hours.")
        return found | self._wrong_start(now, begun) | self._wrong_parties()

    def _wrong_start(self, now: datetime, begun: bool) -> dict[str, str]:
        if not known_zone(self.zone):
            return {"zone": N_("Choose a zone from the list.")}
        if self.starts is None:
            return {"starts": N_("Say when it is to start.")}
        if problem := problem_of(self.starts, self.zone):
            return {"starts": problem}
        if not begun and self.starts_at < now - timedelta(hours=1):
            return {"starts": N_("This time has passed; choose a later one.")}
        return {}

    def _wrong_parties(self) -> dict[str, str]:
        if not 1 <= len(self.parties) <= MOST_PARTIES:
            return {"parties": N_("An exercise has one to eight parties, one a line.")}
        if any(len(name) > LONGEST_PARTY for name in self.parties):
            return {"parties": N_("The name of a party is at most 80 characters long.")}
        if len({name.casefold() for name in self.parties}) < len(self.parties):
            return {"parties": N_("Each party has a name of its own.")}
        return {}

    @property
    def starts_at(self) -> datetime:
        """The instant of the start; only of a text without problems."""
        if self.starts is None:
            raise ValueError("no start")
        return instant_of(Wall(self.starts, self.zone))

    def write_into(self, exercise: Exercise) -> None:
        """Put the text into the exercise; its parties are rows of their own."""
        exercise.title, exercise.tlp = MARK + self.title.strip(), self.tlp
        exercise.body, exercise.aims, exercise.guide = self.body, self.aims, self.guide
        exercise.starts_at, exercise.zone = self.starts_at, self.zone
        exercise.minutes = self.minutes
        exercise.ends_at = exercise.starts_at + timedelta(minutes=self.minutes)


def text_of(exercise: Exercise, parties: tuple[str, ...]) -> ExerciseText:
    """The text that an exercise holds now."""
    local = exercise.starts_at.astimezone(clock(exercise.zone)).replace(tzinfo=None, fold=0)
    return ExerciseText(
        title=exercise.title.removeprefix(MARK),
        tlp=Tlp(exercise.tlp),
        starts=local,
        zone=exercise.zone,
        minutes=exercise.minutes,
        body=exercise.body,
        aims=exercise.aims,
        guide=exercise.guide,
        parties=parties,
    )


def from_scenario(scenario: Scenario, zone: str, now: datetime) -> ExerciseText:
    """What the form of a new exercise begins with: tomorrow at the next full hour."""
    here = clock(zone) if known_zone(zone) else UTC
    starts = (now + timedelta(days=1, hours=1)).astimezone(here)
    return ExerciseText(
        title=scenario.title,
        tlp=Tlp.AMBER,
        starts=starts.replace(minute=0, second=0, microsecond=0, tzinfo=None, fold=0),
        zone=zone,
        minutes=scenario.minutes,
        body=scenario.body,
        aims="\n".join(scenario.aims),
        guide=scenario.guide,
        parties=scenario.parties,
    )
