"""What a unit of training is: sections to read, then questions whose every answer is explained."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen: whether it is right, and why, or why not."""

    key: str
    text: str
    right: bool
    why: str


@dataclass(frozen=True)
class Question:
    """A question with exactly one right answer."""

    key: str
    asks: str
    choices: tuple[Choice, ...]

    @property
    def right(self) -> Choice:
        """The right answer."""
        return next(choice for choice in self.choices if choice.right)

    def chosen(self, key: str) -> Choice | None:
        """The answer of this key; None where there is none."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True)
class Section:
    """A page of a unit: its title, and its text as Markdown."""

    title: str
    body: str


@dataclass(frozen=True)
class Source:
    """What a unit was informed by, and how far that was verified; `address` may be empty."""

    text: str
    address: str
    verification: str


@dataclass(frozen=True)
class Unit:
    """One unit in one language.

    `lasts` is how long a completion holds, one of the rounds of `portal.days.EVERY` (`year`);
    `edition` is the day of the text. `number` counts the editions of a unit that stewards wrote; it
    is 0 for units that come with the portal.
    """

    key: str
    language: str
    title: str
    summary: str
    minutes: int
    lasts: str
    edition: date
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    number: int = 0

    @property
    def outline(self) -> "Outline":
        """What a list shows of it."""
        return Outline(
            self.key,
            self.language,
            self.title,
            self.summary,
            self.minutes,
            len(self.sections),
            len(self.questions),
        )


@dataclass(frozen=True)
class Outline:
    """What a list shows of a unit: `sections` and `questions` are how many."""

    key: str
    language: str
    title: str
    summary: str
    minutes: int
    sections: int
    questions: int
