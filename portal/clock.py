"""The only reader of a clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC; read once at the edge and handed down."""
    return datetime.now(UTC)
