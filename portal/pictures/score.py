"""Gauges from 0 to 100, one for each theme; where nothing was found yet, an empty one that says so.

"No finding yet" is kept apart from 0: silence is no failure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.pictures.shapes import Tick, Words, named, one
from portal.pictures.text_width import LINE, plain

FULL: Final = 100
WIDTH: Final = 400.0
TRACK: Final = 14.0
RIM: Final = 12.0
APART: Final = 20.0  # from a gauge to the next name
ROOM: Final = 48.0  # right of a name, for its value
SILENT: Final = 130.0  # or for the words that there is none
TICKS: Final = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Gauge:
    """A theme and how far it has come: the track, how much of it is filled, and the value."""

    theme: str
    value: int | None
    x: float
    y: float
    width: float
    height: float
    filled: float
    names: tuple[Words, ...]
    said: Words


@dataclass(frozen=True)
class ScoreDrawing:
    """Gauges one below the other, on the ticks of one scale."""

    width: float
    height: float
    gauges: tuple[Gauge, ...]
    ticks: tuple[Tick, ...]


def gauges(themes: Sequence[tuple[str, int | None]]) -> ScoreDrawing:
    """Draw a gauge for each theme; values beyond the scale are drawn at its end."""
    drawn, head = [], RIM
    for theme, value in themes:
        drawn.append(_gauge(plain(theme), value, head))
        head = drawn[-1].y + TRACK + APART
    foot, track = one(head - APART + 8), WIDTH - 2 * RIM
    ticks = tuple(
        Tick(at, x := one(RIM + track * at / FULL), RIM, x, foot, x, one(foot + 17)) for at in TICKS
    )
    return ScoreDrawing(WIDTH, one(foot + 26), tuple(drawn), ticks)


def _gauge(theme: str, value: int | None, head: float) -> Gauge:
    track = WIDTH - 2 * RIM
    names = named(theme, RIM, head, track - (SILENT if value is None else ROOM))
    y = one(head + LINE * max(len(names), 1) + 4)
    filled = 0.0 if value is None else one(track * min(FULL, max(0, value)) / FULL)
    said = Words(WIDTH - RIM, one(y - 8), "" if value is None else str(value), "end")
    return Gauge(theme, value, RIM, y, track, TRACK, filled, names, said)
