"""What the sides of a dialogue say to the times that they are offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Stand = Literal["yes", "if_need_be", "no", "silent"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that is offered."""

    key: int
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """The instant at which it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Side:
    """A delegation: where it sits, whether it must come, and with how many of its people."""

    key: int
    name: str
    zone: str
    required: bool
    seats: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How many people of a side said what to an offer, and how many were asked.

    `as_one`: a single answer speaks for the side with all its seats.
    """

    yes: int = 0
    if_need_be: int = 0
    no: int = 0
    asked: int = 1
    as_one: bool = False

    @property
    def can(self) -> int:
        """How many can, if need be."""
        return self.yes + self.if_need_be


Answers = Mapping[tuple[int, int], Answered]  # by key of offer and side; silent ones may lack


@dataclass(frozen=True, slots=True)
class Tally:
    """Where each side stands to an offer: every side is in one of the four."""

    yes: list[Side]
    if_need_be: list[Side]
    no: list[Side]
    silent: list[Side]

    @property
    def can(self) -> int:
        """How many sides can, if need be."""
        return len(self.yes) + len(self.if_need_be)

    @property
    def refusing(self) -> list[Side]:
        """Required sides that cannot, whoever answers yet."""
        return [side for side in self.no if side.required]

    @property
    def awaited(self) -> list[Side]:
        """Required sides of which it is not known."""
        return [side for side in self.silent if side.required]


def tally(offer: Offer, sides: Sequence[Side], answers: Answers) -> Tally:
    """Where each side stands to an offer."""
    found: dict[Stand, list[Side]] = {"yes": [], "if_need_be": [], "no": [], "silent": []}
    for side in sides:
        found[stand(side, answers.get((offer.key, side.key)))].append(side)
    return Tally(**found)


def stand(side: Side, said: Answered | None) -> Stand:
    """Where a side stands to an offer to which it said this."""
    if said is None:
        return "silent"
    can = said.yes + said.if_need_be
    needed = 1 if said.as_one else max(side.seats, 1)
    if can >= needed:
        return "yes" if said.yes >= needed else "if_need_be"
    if not can and not said.no:
        return "silent"
    unheard = said.asked - can - said.no
    return "silent" if unheard > 0 and can + unheard >= needed else "no"
