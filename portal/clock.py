"""The only reader of a clock."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant, aware, in UTC; read once at the edge and handed down."""
    return datetime.now(UTC)


def clock_of(given: datetime | Clock) -> Clock:
    """A clock as it is, or one that stands still at a time."""
    return given if callable(given) else lambda: given
