"""How fast the trail is checked, as `flask audit verify` does it."""

import resource
import time
from dataclasses import dataclass

from sqlalchemy import Engine

from portal.trail_check import first_fault_apart


@dataclass(frozen=True)
class Checked:
    """How many events were checked, in how many seconds, and seconds of CPU of all processes."""

    events: int
    took: float
    cpu: float

    def __str__(self) -> str:
        rate = self.events / self.took
        said = f"{self.events:,} events in {self.took:.1f} s, {rate:,.0f} a second"
        return f"{said}, {1e6 * self.cpu / self.events:.1f} µs of CPU each"


def checked(engine: Engine) -> Checked:
    """Check the whole trail; raises ValueError where it does not hold."""
    events, began, busy = 0, time.perf_counter(), _cpu()

    def show(done: int, _of: int) -> None:
        nonlocal events
        events = done

    if fault := first_fault_apart(engine, show):
        raise ValueError(fault)
    return Checked(events, time.perf_counter() - began, _cpu() - busy)


def _cpu() -> float:
    # What PostgreSQL does for it is in a process that is none of ours.
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(it.ru_utime + it.ru_stime for it in spent)
