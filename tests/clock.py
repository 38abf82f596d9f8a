"""The clock of the tests, so that the suite says the same on any day of any year.

The world of the tests is built on the day of `NOW`. Under the clock of the wall, what lies ahead of
it would lie behind one morning: a day that a page suggests, an invitation, a respite. So what the
process reads begins an hour after `NOW` and goes on slowly from there.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import pytest

from tests.cast import NOW

_BEGUN = time.monotonic()
# Slow, so that no run comes to the next day in any zone: in some it begins with each full hour.
PACE = 1 / 20


@dataclass(frozen=True)
class Clock:
    """What `portal.clock` reads instead of the clock of the wall."""

    begins: datetime

    def now(self, tz: tzinfo) -> datetime:
        """When it began, and later the longer these tests have been running."""
        at = self.begins + timedelta(seconds=PACE * (time.monotonic() - _BEGUN))
        return at.astimezone(tz)


def set_for(test: pytest.Item, patch: pytest.MonkeyPatch) -> None:
    """Let a test read this clock, unless it speaks with processes that read the wall's."""
    if not (test.get_closest_marker("wall_clock") or test.get_closest_marker("browser")):
        go_to(NOW + timedelta(hours=1), patch)


def go_to(at: datetime, patch: pytest.MonkeyPatch) -> None:
    """Let it be that time, and go on from there."""
    patch.setattr("portal.clock.datetime", Clock(at))
