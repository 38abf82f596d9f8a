"""The title of a page tells it from every other, for whoever has several open (WCAG 2.4.2)."""

import re
from collections import defaultdict
from typing import Final

import pytest
from flask import Flask

from tests.architecture.counted_pages import PAGES
from tests.architecture.test_statements import begin
from tests.cast import World
from tests.pages import Answer, sign_in

REFERENCE: Final = re.compile(r"[A-Z]-\d\d-\w{6}")
# The same form in the same words, which nobody has twice for one record at the same time.
ALIKE: Final = (
    {"notices.annotate", "notices.link_norm"},  # of whoever mediates, and of its author
    {"commitments.amend", "commitments.counter"},  # in force, and while it is proposed
)


def title_of(answer: Answer) -> list[str]:
    """The parts of a title, without the name of the portal at its end."""
    title = answer.tree.css_first("head > title")
    assert title is not None
    *parts, portal = " ".join(title.text().split()).split(" · ")
    assert portal == "Good Offices"
    return parts


@pytest.mark.slow
def test_no_two_records_and_no_two_verbs_have_the_same_title(app: Flask, world: World) -> None:
    refs = begin(app, world)
    visitors = {who: sign_in(app, world, who) for who, _path in PAGES.values()}
    rules = app.url_map.iter_rules()
    of_a_record = {rule.endpoint for rule in rules if "ref" in rule.arguments}
    wrong, titles = {}, defaultdict(set)
    for endpoint, (who, path) in PAGES.items():
        address = path.format(**refs).partition("?")[0]
        answer = visitors[who].get(path.format(**refs))
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        what, *ref = title_of(answer)
        # What is done comes first; then to which record, said once and in one way.
        own = REFERENCE.findall(address)[:1] if endpoint in of_a_record else []
        if ref != own or any(one in what for one in own):
            wrong[endpoint] = (what, *ref)
        titles[what, *(one[0] for one in own)].add(endpoint)
    assert wrong == {}
    assert [pages for pages in titles.values() if len(pages) > 1 and pages not in ALIKE] == []


def test_what_is_absent_has_no_reference_in_its_title(app: Flask, world: World) -> None:
    answer = sign_in(app, world, "mediator@peace").get("/notices/N-26-ABCDEF/edit")
    assert (answer.status, title_of(answer)) == (404, ["Page not found"])
