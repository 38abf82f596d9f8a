"""Help on each noun, read from the documents: what it is, how it lives, who may do what.

`docs/rules.md` and `docs/states.md` are generated from the policy, so help cannot say anything
else; how it is done is in `docs/how-to.md`. They are read once, at the start. Documents use
the names of the code, so that one finds them there; help uses the words of the pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

MOVE: Final = re.compile(r"^\s+(\S+) --> (\S+): (\S+)$", re.MULTILINE)
WORD: Final = re.compile(r"^- \*([^*]+)\*: (.+)$", re.MULTILINE)

# What the policy calls by names of the code, in the words of the pages.
SAID: Final = {
    "addressee": "counterpart",
    "addressees": "on the recipient list",
    "edition readers": "version readers",
    "finder": "verifying party",
    "found": "with a verification finding",
    "keeps to the wall": "keeps its local time",
    "other side": "other organisation",
    "own side": "own organisation",
    "promisor": "committing party",
    "read-ties": "read-relationships",
    "record readers": "readers of minutes",
    "table": "participant",
}
RENAMED: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, SAID), key=len, reverse=True))})(?![\w-])"
)


@dataclass(frozen=True)
class Move:
    """A step of a life: from a state ("" is not there yet) to a state, by a verb."""

    before: str
    after: str
    verb: str


@dataclass(frozen=True)
class May:
    """Who may do a verb, and in which states, in the words of the policy."""

    verb: str
    states: str
    who: str


@dataclass(frozen=True)
class Help:
    """What is said of a noun: `words` are those of the policy that its sentences use.

    `how` is Markdown, "" where the noun needs none.
    """

    what: str
    how: str
    moves: tuple[Move, ...]
    may: tuple[May, ...]
    words: tuple[tuple[str, str], ...]


def read_help(folder: Path, nouns: Mapping[str, str]) -> dict[str, Help]:
    """Help on each noun (its name, and its word) from the documents in a folder.

    There is none where they are not there.
    """
    try:
        rules, states, glossary, how = (
            (folder / f"{name}.md").read_text()
            for name in ("rules", "states", "glossary", "how-to")
        )
    except OSError:
        return {}
    words = dict(WORD.findall(rules))
    return {
        noun: replace(_help(noun, one, rules, states, glossary, words), how=_part(how, noun))
        for noun, one in nouns.items()
    }


def _help(
    noun: str, one: str, rules: str, states: str, glossary: str, words: Mapping[str, str]
) -> Help:
    called = "|".join(map(re.escape, (one.lower(), noun.removesuffix("s"))))
    meant = re.search(rf"^\| (?:{called}) \| (.+?) \|$", glossary, re.MULTILINE)
    moves = (
        Move("" if before == "[*]" else before, after, verb)
        for before, after, verb in MOVE.findall(_part(states, noun))
    )
    may = tuple(
        May(in_our_words(cells[0]), cells[1], in_our_words(cells[2].replace("*", "")))
        for line in _part(rules, noun).partition("\n### ")[0].splitlines()
        if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5
        and cells[0] not in ("verb", "---")
    )
    said = " ".join(row.who for row in may)
    named = {
        in_our_words(word): in_our_words(meaning.replace("*", ""))
        for word, meaning in words.items()
    }
    used = tuple((word, meaning) for word, meaning in named.items() if word in said)
    return Help(meant[1] if meant else "", "", tuple(moves), may, used)


def in_our_words(sentence: str) -> str:
    """A sentence or a verb of the policy as pages say it."""
    return RENAMED.sub(lambda match: SAID[match[0]], sentence)


def _part(text: str, noun: str) -> str:
    return text.partition(f"\n## {noun}\n")[2].partition("\n## ")[0]
