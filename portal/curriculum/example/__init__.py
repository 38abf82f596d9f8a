"""A unit as stewards write one: to paste, to begin from, and to look at in the demo world."""

from pathlib import Path
from typing import Final

from portal.curriculum.written import Written

FOLDER: Final = Path(__file__).parent


def _file(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


EXAMPLE: Final = Written(
    title="When a journalist calls",
    summary="What whoever picks up the telephone says while talks go on, and what they write down.",
    minutes=5,
    lasts="year",
    language="en",
    body=_file("body"),
    questions=_file("questions"),
    sources=_file("sources"),
)
