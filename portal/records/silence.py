"""How long the silence procedure of minutes lasts: so many days, or until an hour of a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from portal.days import day_of, end_of
from portal.slots import Wall, instant_of, problem_of
from portal.words import N_

LEAST_DAYS: Final = 1
MOST_DAYS: Final = 30
SOON: Final = N_("The silence procedure lasts at least 24 hours.")
FAR: Final = N_("The silence procedure lasts between 1 and 30 days.")


@dataclass(frozen=True)
class Silence:
    """So many days, the last one whole, in the zone of the dialogue; or until a local time there.

    Where there is a local time the days do not count.
    """

    days: int
    local: datetime | None = None

    def problems(self, zone: str, now: datetime) -> dict[str, str]:
        """What is wrong with it, by field."""
        if self.local is None:
            return {} if LEAST_DAYS <= self.days <= MOST_DAYS else {"days": FAR}
        if problem := problem_of(self.local, zone):
            return {"until": problem}
        if self.ends_at(zone, now) < now + timedelta(days=LEAST_DAYS):
            return {"until": SOON}
        if self.local.date() > day_of(now, zone) + timedelta(days=MOST_DAYS):
            return {"until": FAR}
        return {}

    def ends_at(self, zone: str, now: datetime) -> datetime:
        """The instant at which it ends."""
        if self.local is not None:
            return instant_of(Wall(self.local, zone))
        return end_of(day_of(now, zone) + timedelta(days=self.days), zone)
