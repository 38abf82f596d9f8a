"""What a scenario is: a situation, the parties in it, learning aims, and injects by the minute."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Planned:
    """An inject: `minute` after the start, or None by hand; `to` are parties, or nobody for all."""

    kind: str
    title: str
    body: str
    minute: int | None
    to: tuple[str, ...]


@dataclass(frozen=True)
class Scenario:
    """A scenario; `body` is Markdown, `guide` for whoever runs it alone."""

    key: str
    language: str
    title: str
    summary: str
    minutes: int
    parties: tuple[str, ...]
    aims: tuple[str, ...]
    guide: str
    injects: tuple[Planned, ...]
    body: str
