"""The sign of each mark that a box can carry, so that it is told apart without its colour."""

from dataclasses import dataclass
from typing import Final

from portal.words import N_

SIDE: Final = 14.0
DISC: Final = "M7 2a5 5 0 1 1 0 10a5 5 0 1 1 0-10z"
RING: Final = f"{DISC}M7 3.8a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4z"


@dataclass(frozen=True)
class Mark:
    """What a mark means, and its sign: an SVG path, filled, in a square of SIDE."""

    means: str
    sign: str


MARKS: Final = {
    "draft": Mark(N_("draft"), "M2 12l.8-3.2L9.6 2l2.4 2.4L5.2 11.2z"),
    "proposed": Mark(N_("proposed"), RING),
    "accepted": Mark(
        N_("accepted, not yet in force"), f"{RING}M7 5.4a1.6 1.6 0 1 1 0 3.2a1.6 1.6 0 1 1 0-3.2z"
    ),
    "in-force": Mark(N_("in force"), DISC),
    "suspended": Mark(N_("suspended"), "M3 2h3v10H3zM8 2h3v10H8z"),
    "fulfilled": Mark(N_("fulfilled"), "M1.5 7.4 3.2 5.7 5.6 8.1 10.8 2.6 12.5 4.3 5.6 11.6z"),
    "not-met": Mark(
        N_("not met"),
        "M3.5 2 7 5.5 10.5 2 12 3.5 8.5 7 12 10.5 10.5 12 7 8.5 3.5 12 2 10.5 5.5 7 2 3.5z",
    ),
    "released": Mark(N_("released"), "M2 2h10v10H2zM3.8 3.8v6.4h6.4V3.8z"),
    "declined": Mark(N_("declined"), "M2 6h10v2H2z"),
    "lapsed": Mark(N_("lapsed"), "M2.5 2h9L7.6 7l3.9 5h-9l3.9-5z"),
    "withdrawn": Mark(N_("withdrawn"), "M1 7 6 2v3.5h7v3H6V12z"),
    "late": Mark(N_("overdue"), "M5.8 1.5h2.4v7H5.8zM5.8 10h2.4v2.4H5.8z"),
    "hidden": Mark(N_("not shown to you"), "M1.5 5.5h3v3h-3zM5.5 5.5h3v3h-3zM9.5 5.5h3v3h-3z"),
}


def meaning(mark: str) -> str:
    """What a mark means, to be translated; a mark without a sign says itself."""
    return MARKS[mark].means if mark in MARKS else mark.replace("-", " ")


def rank(mark: str) -> tuple[int, str]:
    """Where a mark stands in a list of marks: as above, then those without a sign of their own."""
    return (list(MARKS).index(mark) if mark in MARKS else len(MARKS), mark)


def sign(mark: str) -> str:
    """The sign of a mark; a disc for a mark that has none of its own."""
    return MARKS[mark].sign if mark in MARKS else DISC
