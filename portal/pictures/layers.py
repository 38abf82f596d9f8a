"""Which column each thing of a graph stands in, and who stands above whom there.

After Sugiyama, Tagawa and Toda (1981): circles are cut, each thing stands one column after the last
that it waits for, and in each column the order follows the mean place of the neighbours.
Things are numbers from 0, so that every answer follows from the order in which they were given.
"""

from collections.abc import Iterable, Sequence

Pair = tuple[int, int]


def joined(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Groups of things that pairs join, directly or through others; a lone thing is a group."""
    home = list(range(count))
    for one, other in pairs:
        low, high = sorted((home[one], home[other]))
        home = [low if at == high else at for at in home]
    groups: dict[int, list[int]] = {}
    for thing, at in enumerate(home):
        groups.setdefault(at, []).append(thing)
    return list(groups.values())


def in_turn(count: int, pairs: Sequence[Pair]) -> list[int]:
    """The things so that each comes after those it waits for; a circle is cut at one of its own."""
    waits: dict[int, set[int]] = {thing: set() for thing in range(count)}
    for before, after in pairs:
        waits[after].add(before)
    order: list[int] = []
    while waits:
        ready = next((thing for thing, on in waits.items() if not on), None)
        if ready is None:
            ready = _on_a_circle(waits)
        order.append(ready)
        del waits[ready]
        for on in waits.values():
            on.discard(ready)
    return order


def _on_a_circle(waits: dict[int, set[int]]) -> int:
    # Everything waits for something here, so whoever walks back comes round.
    thing, seen = next(iter(waits)), set[int]()
    while thing not in seen:
        seen.add(thing)
        thing = min(waits[thing])
    return thing


def layered(count: int, pairs: Sequence[Pair]) -> tuple[list[int], list[Pair]]:
    """Each thing's column, and the pairs in their order, those that close a circle turned round.

    No pair may join a thing with itself. Every pair given back leads to a later column.
    """
    place = {thing: n for n, thing in enumerate(in_turn(count, pairs))}
    onward = [pair if place[pair[0]] < place[pair[1]] else pair[::-1] for pair in pairs]
    layer = [0] * count
    for before, after in sorted(onward, key=lambda pair: place[pair[0]]):
        layer[after] = max(layer[after], layer[before] + 1)
    return layer, onward


def neighbours(links: Iterable[Pair]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """For each thing those it is linked to in the column before, and in the column after."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for one, other in links:
        after.setdefault(one, []).append(other)
        before.setdefault(other, []).append(one)
    return before, after


def ordered(columns: list[list[int]], links: Sequence[Pair], sweeps: int = 2) -> list[list[int]]:
    """The columns with each thing near the mean place of its neighbours, to and fro by sweeps.

    The order with the fewest crossings is taken, the first of equals.
    """
    before, after = neighbours(links)
    best, fewest = columns, crossings(columns, links)
    for _ in range(sweeps):
        for near, way in ((before, 1), (after, -1)):
            columns = _swept(columns[::way], near)[::way]
            if (crossed := crossings(columns, links)) < fewest:
                best, fewest = columns, crossed
    return best


def _swept(columns: list[list[int]], near: dict[int, list[int]]) -> list[list[int]]:
    place: dict[int, float] = {}
    swept = []
    for column in columns:
        means = {
            thing: sum(place[at] for at in near[thing]) / len(near[thing]) if thing in near else n
            for n, thing in enumerate(column)
        }
        swept.append(sorted(column, key=means.__getitem__))
        place.update({thing: n for n, thing in enumerate(swept[-1])})
    return swept


def crossings(columns: list[list[int]], links: Sequence[Pair]) -> int:
    """How many pairs of links cross between neighbouring columns."""
    place = {thing: n for column in columns for n, thing in enumerate(column)}
    at = {thing: n for n, column in enumerate(columns) for thing in column}
    between: dict[int, list[Pair]] = {}
    for one, other in links:
        between.setdefault(at[one], []).append((place[one], place[other]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for pairs in between.values()
        for n, one in enumerate(pairs)
        for other in pairs[:n]
    )
