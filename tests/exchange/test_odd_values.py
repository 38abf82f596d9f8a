"""An odd value in each place of a file, one at a time: read, left or refused, never an error."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from portal.errors import Invalid
from portal.exchange import hear, read
from portal.exchange.our_ids import CLAIM_EXTENSION, HARM_EXTENSION
from tests.cast import NOW
from tests.exchange.samples import BUNDLE, EVENT, bundle
from tests.exchange.test_hearing import CAMPAIGN, CORE, GROUP, TIE, WHO, galaxies, made

ODD: list[Any] = [None, True, 10**40, "\ud800", [["x"]], {"x": None}]
CLAIM = {
    "title": "A claim",
    "form": "technical-report",
    "said_on": "2026-11-01",
    "about_sort": "group",
    "about": "Sandpiper",
    "verified": "secondary",
    "evidence": [],
    "considerations": {},
}
HARM = {"title": "Harm", "category": "reach", "verified": "secondary", "who": "x", "best": 3}
SAID = bundle(
    WHO,
    GROUP,
    CAMPAIGN,
    TIE,
    made("opinion", opinion="disagree", object_refs=[TIE["id"]], created_by_ref=WHO["id"]),
    made(
        "incident",
        name="Wiper",
        created_by_ref=WHO["id"],
        extensions={CORE: {"impacted_entity_counts": {"human": 3}, "impact_refs": ["impact--1"]}},
    ),
    made(
        "impact",
        impact_category="monetary",
        created_by_ref=WHO["id"],
        impacted_refs=[WHO["id"]],
        start_time="2026-11-01T00:00:00Z",
        extensions={"monetary": {"min_amount": 1, "max_amount": 5, "currency": "EUR"}},
    ),
    made(
        "note",
        created_by_ref=WHO["id"],
        extensions={CLAIM_EXTENSION: {"claim": CLAIM, "reply_refs": [], "withdrawals": []}},
    ),
    made(
        "note",
        id="note--2",
        created_by_ref=WHO["id"],
        extensions={HARM_EXTENSION: {"harm": HARM}},
    ),
)
FILES = {"misp": EVENT, "stix": BUNDLE, "galaxies": galaxies(), "said": SAID}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value of a file."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inside:
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from places(item, (*path, key))


def with_odd(top: Any, path: tuple[Any, ...], odd: Any) -> Any:
    changed = copy.deepcopy(top)
    inside = changed
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = odd
    return changed


@pytest.mark.parametrize("name", FILES)
def test_an_odd_value_breaks_nothing_wherever_it_stands(name: str) -> None:
    for path in places(FILES[name]):
        for odd in ODD:
            top = with_odd(FILES[name], path, odd)
            for reads in (hear, read):
                try:
                    reads(top, NOW)
                except Invalid:
                    continue
                except Exception as error:
                    raise AssertionError(f"{odd!r} at {path}") from error
