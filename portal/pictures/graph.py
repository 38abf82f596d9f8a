"""What hangs on what: boxes in columns from left to right, each right of all that it waits for.

Boxes joined by "together" stand in one column, one below the other. A circle, which the system does
not let anybody write, is cut somewhere and drawn all the same: its last line runs backwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from portal.pictures.marks import SIDE, meaning, rank, sign
from portal.pictures.placement import GAP, standing
from portal.pictures.routes import Drawn, Side, bow, runs, tie
from portal.pictures.shapes import Words, one
from portal.pictures.text_width import LINE, parts_in_lines, plain, shortened

Sort = Literal["after", "while", "together"]
SORTS: Final[tuple[Sort, ...]] = ("after", "while", "together")
LINES: Final = 3
GUTTER: Final = 31.0  # left of the words, for the sign
RIM: Final = 12.0  # right of them


@dataclass(frozen=True)
class Node:
    """What a box says (each part begins a line), its mark, and where it leads if anywhere."""

    key: str
    words: tuple[str, ...]
    mark: str
    href: str = ""


@dataclass(frozen=True)
class Edge:
    """`after` waits for `before`, or both begin together; few words, such as "7 days"."""

    before: str
    after: str
    sort: Sort
    words: str = ""


@dataclass(frozen=True)
class Box:
    """A box at its place, with its words in lines that fit; `name` has them whole as well."""

    key: str
    x: float
    y: float
    width: float
    height: float
    words: tuple[str, ...]
    mark: str
    href: str = ""
    name: str = ""
    first: int = 1  # how many lines the first part takes

    @property
    def lines(self) -> tuple[Words, ...]:
        """The words at their places, in the middle of the height."""
        head = self.y + (self.height - LINE * len(self.words)) / 2 + LINE * 0.74
        x = one(self.x + GUTTER)
        return tuple(Words(x, one(head + LINE * n), line) for n, line in enumerate(self.words))

    @property
    def sign(self) -> Words:
        """The sign of the mark as an SVG path, level with the first line."""
        head = self.lines[0].y if self.words else self.y + self.height / 2
        return Words(one(self.x + (GUTTER - SIDE) / 2 + 1), one(head - 12), sign(self.mark))

    @property
    def means(self) -> str:
        """The mark in words, to be translated."""
        return meaning(self.mark)


@dataclass(frozen=True)
class Line:
    """A line as an SVG path, its arrow as the points of an SVG polygon ("" for none)."""

    sort: str
    path: str
    arrow: str
    label_x: float
    label_y: float
    words: str = ""


@dataclass(frozen=True)
class Drawing:
    """Boxes and lines in the order given, all within width and height."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    @property
    def marks(self) -> tuple[Box, ...]:
        """A box of each mark there is, for the legend."""
        found = {box.mark: box for box in self.boxes if box.mark}
        return tuple(found[mark] for mark in sorted(found, key=rank))

    @property
    def sorts(self) -> tuple[str, ...]:
        """The sorts of lines there are, for the legend."""
        return tuple(sort for sort in SORTS if any(line.sort == sort for line in self.lines))


def graph(nodes: Sequence[Node], edges: Iterable[Edge]) -> Drawing:
    """Lay out the graph; keys are unique. A line to no node, or to itself, is left out."""
    number = {node.key: n for n, node in enumerate(nodes)}
    ways = (_one_way(edge, number) for edge in edges if _joins(edge, number))
    kept = list({(edge.before, edge.after, edge.sort): edge for edge in ways}.values())
    ends = {edge: (number[edge.before], number[edge.after]) for edge in kept}
    ties = [edge for edge in kept if edge.sort == "together"]
    directed = [edge for edge in kept if edge.sort != "together"]
    found = standing(len(nodes), [ends[edge] for edge in ties], [ends[edge] for edge in directed])
    sides = found.sides
    drawn: dict[Edge, Drawn] = {edge: tie(*(sides[n] for n in ends[edge])) for edge in ties}
    across = dict(zip(found.runs, runs(list(found.runs.values())), strict=True))
    for n, edge in enumerate(directed):
        one_end, other = (sides[thing] for thing in ends[edge])
        drawn[edge] = across[n] if n in across else bow(one_end, other)
    # A bow in the last column, and its words, need room on the right.
    room = max((line.label_x + GAP / 2 for line in drawn.values()), default=0)
    return Drawing(
        max(found.size[0], one(room)),
        found.size[1],
        tuple(_box(node, sides[n]) for n, node in enumerate(nodes)),
        tuple(_line(edge, drawn[edge]) for edge in kept),
    )


def _joins(edge: Edge, number: Mapping[str, int]) -> bool:
    return edge.before != edge.after and edge.before in number and edge.after in number


def _one_way(edge: Edge, number: Mapping[str, int]) -> Edge:
    # "Together" said by either end, or by both, is one line.
    if edge.sort == "together" and number[edge.before] > number[edge.after]:
        return Edge(edge.after, edge.before, edge.sort, edge.words)
    return edge


def _box(node: Node, side: Side) -> Box:
    parts = parts_in_lines(node.words, side.width - GUTTER - RIM, LINES)
    lines = tuple(line for part in parts for line in part)
    # A name begins with what is seen: whoever speaks to the browser says what stands there.
    seen, whole = " ".join(lines), " ".join(words for part in node.words if (words := plain(part)))
    name = seen if seen == whole else f"{seen} ({whole})"
    place = (side.x, side.y, side.width, side.height)
    first = len(parts[0]) if parts else 0
    return Box(node.key, *place, lines, node.mark, node.href, name, first)


def _line(edge: Edge, drawn: Drawn) -> Line:
    words = shortened(plain(edge.words), GAP - 16)
    return Line(edge.sort, drawn.path, drawn.arrow, drawn.label_x, drawn.label_y, words)
