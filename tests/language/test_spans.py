"""A span of time is added to a day and never stands for one: "within 14 days" is read later."""

import pytest

from tests.language.spans import EMAILS, LAWS, RULES, SAYS_WHEN, SPAN
from tests.language.test_words import messages

assert messages  # the fixture


def without_day(file: str, text: str) -> bool:
    """Whether a message says how long, and neither the day nor why it needs none."""
    if file.startswith((EMAILS, LAWS)) or text in RULES:
        return False
    return SPAN.search(text) is not None and SAYS_WHEN.search(text) is None


def test_no_message_says_a_span_without_its_day(messages: list[tuple[str, str]]) -> None:
    assert [(file, text) for file, text in messages if without_day(file, text)] == []


def test_what_needs_no_day_is_said_somewhere(messages: list[tuple[str, str]]) -> None:
    said = {text for _file, text in messages}
    assert set(RULES) <= said
    assert [text for text in RULES if not SPAN.search(text)] == [], "it is no span"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Due: within 14 days", True),
        ("Exercise %(ref)s begins within a day.", True),
        ("Next 14 days", True),
        ("Next 14 days, until %(day)s", False),
        ("It ends in %(num)s hours.", True),
        ("Due in the week after", False),
    ],
)
def test_spans_are_found(text: str, found: bool) -> None:
    assert without_day("templates/base.html", text) is found
