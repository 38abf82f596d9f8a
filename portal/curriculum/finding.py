"""Units, courses and readings by words: beginnings of words of what a reader sees of them."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from portal.curriculum.courses import COURSES, READINGS, Course
from portal.curriculum.shapes import Unit
from portal.curriculum.shipped import SHIPPED, shipped_in
from portal.norms import words_in


class Found(NamedTuple):
    """What has certain words: units of ours, courses and readings of others."""

    units: tuple[Unit, ...]
    courses: tuple[Course, ...]


def _index(*texts: str) -> str:
    return f" {' '.join(words_in(' '.join(texts)))}"


def _of_unit(unit: Unit) -> str:
    # Not the text: its words would bring units for nearly everything that is asked.
    return _index(unit.title, unit.summary, *(section.title for section in unit.sections))


# Words of each, each after a space: a beginning is found as text.
OF_UNITS: Final = {
    (unit.key, unit.language): _of_unit(unit)
    for found in SHIPPED.values()
    for unit in found.values()
}
OF_COURSES: Final = {
    course.key: _index(course.title, course.publisher, course.note)
    for course in (*COURSES, *READINGS)
}


def find(asked: str, language: str) -> Found:
    """What has all these words; nothing where there is none."""
    begun = [f" {word}" for word in words_in(asked)]
    if not begun:
        return Found((), ())
    units = shipped_in(language)
    return Found(
        tuple(unit for unit in units if _has(OF_UNITS[unit.key, unit.language], begun)),
        tuple(one for one in (*COURSES, *READINGS) if _has(OF_COURSES[one.key], begun)),
    )


def _has(words: str, begun: Iterable[str]) -> bool:
    return all(word in words for word in begun)
