"""Words that only some may come across, looked for in the answers to everybody."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from flask import Flask

from tests.pages import Visitor, nobody

CANARY = re.compile(r"canary[a-z]+")


def addresses_of(app: Flask, noun: str, refs: list[str]) -> Iterator[str]:
    """Every address of a noun with each of these resources, and each number that there is."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith(f"{noun}.") or "GET" not in (rule.methods or ()):
            continue
        for ref in refs if "ref" in rule.arguments else [""]:
            address = rule.rule.replace("<ref>", ref)
            numbers = range(1, 5) if "number" in rule.arguments else [0]
            yield from (address.replace("<int:number>", str(number)) for number in numbers)


def met_by(
    app: Flask,
    visit: Callable[[str], Visitor],
    ways: Iterable[str],
    allowed: Mapping[str, set[str]],
    people: Iterable[str],
) -> dict[str, set[str]]:
    """Who came across which word ("" is nobody); that they may is asserted at each answer."""
    met: dict[str, set[str]] = {}
    every = list(dict.fromkeys(ways))
    for name in sorted(people):
        visitor = visit(name) if name else nobody(app)
        for way in every:
            answer = visitor.client.get(way)
            assert answer.status_code < 500, way
            text = answer.get_data(as_text=True) + str(answer.headers)
            for canary in set(CANARY.findall(text)):
                assert name in allowed[canary], (name, canary, way)
                met.setdefault(canary, set()).add(name)
    return met
