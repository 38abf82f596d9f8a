"""Every message of the product, compared with the words that are retired."""

import re
from pathlib import Path
from typing import Final

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from tests.language.retired_words import MESSAGES, ORDINARY, PHRASES, RETOLD

ROOT: Final = Path(__file__).parents[2]
KEYWORDS: Final = {"_": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER: Final = re.compile(r"%\(\w+\)s")
RETIRED: Final = re.compile(rf"\b(?:{'|'.join(map(re.escape, PHRASES))})\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def messages() -> list[tuple[str, str]]:
    """Each file and message as translators get them, plurals one by one."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    return [
        (file, text)
        for file, _, message, _, _ in found
        for text in ([message] if isinstance(message, str) else message)
    ]


def retired(file: str, text: str) -> list[str]:
    """The retired words that a message of a file holds."""
    if text in ORDINARY or file.startswith(RETOLD):
        return []
    plain = PLACEHOLDER.sub("", text)
    whole = [text] if text in MESSAGES else []
    return whole + [match[0] for match in RETIRED.finditer(plain)]


def test_no_message_has_a_retired_word(messages: list[tuple[str, str]]) -> None:
    assert len(messages) > 2000, "messages are found"
    found = {(file, text): words for file, text in messages if (words := retired(file, text))}
    assert not found


def test_what_is_ordinary_is_said_somewhere(messages: list[tuple[str, str]]) -> None:
    assert set(ORDINARY) <= {text for _, text in messages}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Keep", ["Keep"]),
        ("Keep the local time", []),
        ("The other party is told by letter.", ["told", "letter"]),
        ("Shown to those at the table: %(told)s", ["at the table"]),
        ("A newsletter", []),
    ],
)
def test_retired_words_are_found(text: str, words: list[str]) -> None:
    assert retired("templates/base.html", text) == words
