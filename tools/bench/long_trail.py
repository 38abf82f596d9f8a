"""`python -m tools.bench.long_trail 10000000`: how fast a trail of so many events is checked.

The events are written in bulk into a SQLite file of their own, which is thrown away afterwards.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from portal.db import make_engine
from portal.rules import ACKNOWLEDGE, PUBLISH, READ, RESOURCE_TYPES
from portal.schema import upgrade
from tools.bench.checking import checked
from tools.bench.seed import finish, poured
from tools.bench.trail import COLUMNS, Trail

VERBS: Final = (READ, ACKNOWLEDGE, PUBLISH)
NOUNS: Final = tuple(RESOURCE_TYPES)
PEOPLE, RESOURCES = 400, 100_000
BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Events:
    """So many events, a second apart, by many people on many resources."""

    BATCH: Final = 20_000

    def __init__(self, total: int, trail: Trail) -> None:
        self.total, self.trail = total, trail

    def batches(self) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
        """The rows of each batch, by table."""
        for first in range(0, self.total, self.BATCH):
            numbers = range(first, min(first + self.BATCH, self.total))
            yield {"audit_events": [self._event(number) for number in numbers]}

    def _event(self, number: int) -> tuple[Any, ...]:
        key = number % RESOURCES + 1
        who, verb, noun = number % PEOPLE + 1, VERBS[number % 3], NOUNS[number % len(NOUNS)]
        at = BEGAN + timedelta(seconds=number)
        return self.trail.row(at, who, verb, noun, key, f"N-26-{key:06}")


def main(total: int) -> None:
    """Write, check, print."""
    with tempfile.TemporaryDirectory(dir=_disk()) as folder:
        engine, trail = make_engine(f"sqlite:///{folder}/trail.db"), Trail()
        upgrade(engine)
        poured(engine, "events", Events(total, trail), COLUMNS)
        finish(engine, trail)
        print(checked(engine))
        engine.dispose()


def _disk() -> Path:
    # Where the other databases of the bench are: ten million events take some gigabytes.
    place = Path(__file__).resolve().parent.parent.parent / "var" / "bench"
    place.mkdir(parents=True, exist_ok=True)
    return place


if __name__ == "__main__":
    main(int(sys.argv[1]))
