"""A reference in lower case leads to its right spelling: every address, whatever there is, unasked.

References are read out and typed. What answers goes by the form of the address alone, so that it
does not tell whether there is such a thing, and asks the database nothing.
"""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.addresses import REFERENCES
from portal.db import writing
from portal.rules import RESOURCE_TYPES
from tests.architecture.plans import counting
from tests.cast import World
from tests.factories import published

# Other values of addresses that have references, and what they may be.
OTHERS = {"number": "1", "key": "1", "name": "x", "noun": "notices", "filename": "x"}


def spelled(rule: Rule, ref: str) -> str:
    """The address of a rule with this reference."""

    def value(match: re.Match[str]) -> str:
        return ref if match[1] in REFERENCES else OTHERS[match[1]]

    return re.sub(r"<(?:\w+:)?(\w+)>", value, rule.rule)


def with_references(app: Flask) -> Iterator[Rule]:
    """Every rule that has a reference."""
    for rule in app.url_map.iter_rules():
        if rule.arguments & set(REFERENCES):
            yield rule


def test_every_address_leads_to_its_right_spelling(app: Flask) -> None:
    rules, client = list(with_references(app)), app.test_client()
    assert len(rules) > 200
    for rule in rules:
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        address = spelled(rule, "n-26-7k3q9m")
        with counting(app) as sent:
            answer = client.open(f"{address}?a=B%20c", method=method)
        assert answer.status_code == 308, (rule.rule, answer.status_code)
        assert answer.headers["Location"] == f"{spelled(rule, 'N-26-7K3Q9M')}?a=B%20c"
        assert sent == [], rule.rule


@pytest.mark.parametrize("prefix", sorted({one.prefix for one in RESOURCE_TYPES.values()}))
def test_the_reference_of_every_noun_is_one(app: Flask, prefix: str) -> None:
    answer = app.test_client().get(f"/notices/{prefix.lower()}-26-7K3q9m")
    assert answer.headers["Location"] == f"/notices/{prefix}-26-7K3Q9M"


@pytest.mark.parametrize(
    "address",
    [
        "/notices/N-26-7K3Q9M",
        "/notices/new",
        "/notices/n-26-7k3q9",
        "/notices/n-26-7k3q9m1",
        "/notices/nn-26-7k3q9m",
        "/notices/n-26-7k3q9\u017f",
        "/norms/un-gge-2015-f",
        "/search?q=n-26-7k3q9m",
    ],
)
def test_nothing_else_is_led_elsewhere(app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code != 308


def test_what_exists_and_what_does_not_answer_alike(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    client, answers = app.test_client(), []
    for one in (ref, "N-26-ZZZZZZ"):
        answer = client.get(f"/notices/{one.lower()}")
        assert answer.headers["Location"] == f"/notices/{one}"
        answers.append((answer.status_code, answer.text.upper().replace(one, "")))
    assert answers[0] == answers[1]


def test_a_portal_below_a_path_stays_there(app: Flask) -> None:
    below = {"SCRIPT_NAME": "/portal"}
    answer = app.test_client().get("/notices/n-26-7k3q9m", environ_overrides=below)
    assert answer.headers["Location"] == "/portal/notices/N-26-7K3Q9M"
