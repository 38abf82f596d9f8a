"""What was said to minutes, beside the passages that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.records.editions import CommentRow


@dataclass(frozen=True)
class Margin:
    """Comments and objections to the version `edition`, whose points had these titles by number.

    `points` are number and title of the points as they are shown. Points move while a draft is
    written, so a passage is known by its title, and by its number where two have the same one.
    """

    edition: int
    titles: Mapping[int, str]
    points: Sequence[tuple[int, str]]
    comments: Sequence[CommentRow]

    def of(self, number: int, title: str) -> list[CommentRow]:
        """What was said to the point that is shown with this number and title."""
        alone = sum(other == title for _number, other in self.points) == 1
        return [
            row
            for row in self.comments
            if row.edition == self.edition
            and row.point_number is not None
            and self.titles.get(row.point_number) == title
            and (alone or row.point_number == number)
        ]

    @property
    def elsewhere(self) -> list[CommentRow]:
        """What stands beside no point: on the whole, on earlier versions, on what is gone."""
        beside = {row.id for number, title in self.points for row in self.of(number, title)}
        return [row for row in self.comments if row.id not in beside]


def titles_of(text: Mapping[str, Any] | None) -> dict[int, str]:
    """The titles of the points of a text, by number."""
    return {point["number"]: point["title"] for point in text["points"]} if text else {}
