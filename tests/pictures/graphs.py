"""Random graphs for tests of pictures, and what can be read off a drawing."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import strategies as st

from portal.pictures.graph import Box, Drawing, Edge, Line, Node

NUMBER = r"-?\d+(?:\.\d+)?"


def nodes(count: int) -> list[Node]:
    """So many nodes, named by their numbers."""
    return [Node(str(n), (f"Commitment {n}",), "in-force") for n in range(count)]


@st.composite
def orderly(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    """A graph without circles, also when what begins together is taken as one."""
    groups = draw(st.lists(st.integers(1, 4), min_size=1, max_size=14))
    members: list[list[str]] = []
    for size in groups:
        start = sum(map(len, members))
        members.append([str(n) for n in range(start, start + size)])
    edges = [Edge(one, other, "together") for group in members for one, other in pairwise(group)]
    places = st.tuples(st.integers(0, len(groups) - 1), st.integers(0, len(groups) - 1))
    for one, other in draw(st.lists(places, max_size=30)):
        if one != other:
            before, after = (draw(st.sampled_from(members[n])) for n in sorted((one, other)))
            edges.append(Edge(before, after, draw(st.sampled_from(("after", "while")))))
    order = draw(st.permutations(nodes(sum(groups))))
    return list(order), edges


@st.composite
def anyhow(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    """Any graph: circles, lines to itself, lines to nowhere, lines that are said twice."""
    case = nodes(draw(st.integers(1, 16)))
    ends = st.sampled_from([*(node.key for node in case), "nowhere"])
    sorts = st.sampled_from(("after", "while", "together"))
    return case, draw(st.lists(st.builds(Edge, ends, ends, sorts), max_size=30))


def at(drawing: Drawing, key: str) -> Box:
    """The box of a node."""
    return next(box for box in drawing.boxes if box.key == key)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any room."""
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def start(line: Line) -> tuple[float, float]:
    """Where the path of a line begins."""
    found = re.match(rf"M({NUMBER}) ({NUMBER})", line.path)
    assert found
    return float(found[1]), float(found[2])


def tip(line: Line) -> tuple[float, float]:
    """Where the arrow of a line ends."""
    x, y = line.arrow.split()[0].split(",")
    return float(x), float(y)


def level_parts(line: Line) -> Iterator[tuple[float, float, float]]:
    """The level parts of a line: from where to where, and how high."""
    for near, height, far in re.findall(rf"({NUMBER}) ({NUMBER})H({NUMBER})", line.path):
        yield float(near), float(far), float(height)


def lengths(drawing: Drawing) -> Iterator[float]:
    """Every number of a drawing."""
    yield from (drawing.width, drawing.height)
    for box in drawing.boxes:
        yield from (box.x, box.y, box.width, box.height)
    for line in drawing.lines:
        yield from (line.label_x, line.label_y)
        yield from map(float, re.findall(NUMBER, f"{line.path} {line.arrow}"))
