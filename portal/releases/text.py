"""What a release says, with the marks of what goes; and the same without it, for good.

A passage is marked where it stands: `[[like this]]`. A marked name goes wherever it stands, and so
do the words of a list. Pure functions.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from models.releases import Release
from portal import precautions
from portal.bars import BAR, shows, take_out
from portal.precautions import EVERY
from portal.words import N_

MARKED: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
BARS: Final = re.compile(rf"{BAR}(?:[^\S\n]*{BAR})+")
SIGNS: Final = ("[[", "]]")
LONGEST_TITLE, LONGEST_BODY = 200, 50_000
LONGEST_NAME: Final = 80  # a longer passage is removed in its place alone
MOST_WORDS: Final = 200


NOBODY: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True)
class ReleaseText:
    """A release as it is written: text with marks, the check, and who is asked.

    `signers` and `sources` are keys of organisations, `speakers` of people whose words it holds.
    """

    title: str
    body: str
    words: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    signers: frozenset[int] = NOBODY
    sources: frozenset[int] = NOBODY
    speakers: frozenset[int] = NOBODY

    def problems(self) -> dict[str, str]:
        """What cannot be taken, a message id for each field; cheap, so that it can be asked twice.

        Whether mark-up would still show what goes is asked by `still_shown`.
        """
        found: dict[str, str] = precautions.problems(EVERY, self.answers)
        if not self.title.strip():
            found["title"] = N_("Enter a title.")
        elif len(self.title) > LONGEST_TITLE:
            found["title"] = N_("This is too long.")
        if not self.body.strip():
            found["body"] = N_("Enter some text.")
        elif len(self.body) > LONGEST_BODY:
            found["body"] = N_("This is too long.")
        for name in ("title", "body"):
            left = MARKED.sub("", getattr(self, name))
            if any(sign in left for sign in SIGNS):
                found[name] = N_("A mark is not closed: each [[ needs its ]].")
        if len(self.words) > MOST_WORDS or any(len(word) > LONGEST_TITLE for word in self.words):
            found["words"] = N_("There are too many words, or some are too long.")
        return found


@dataclass(frozen=True)
class Redacted:
    """Title and body as the public would read them."""

    title: str
    body: str


def gone(text: ReleaseText) -> tuple[str, ...]:
    """The words that go wherever they stand: those of the list, and marked names."""
    marked = (
        found.strip()
        for part in (text.title, text.body)
        for found in MARKED.findall(part)
        if len(found) <= LONGEST_NAME and "\n" not in found
    )
    return tuple(dict.fromkeys(word for word in (*text.words, *marked) if word))


def redacted(text: ReleaseText) -> Redacted:
    """The text without what is marked: a bar of one length stands in each place."""
    words = gone(text)
    return Redacted(_without(text.title, words), _without(text.body, words))


def _without(part: str, words: Iterable[str]) -> str:
    return BARS.sub(BAR, take_out(MARKED.sub(BAR, part), words))


def still_shown(text: ReleaseText) -> dict[str, str]:
    """A message for each field in which a reader would still see what goes, by some mark-up."""
    words, left = gone(text), redacted(text)
    message = N_("What is marked would still be visible in the mark-up; mark the whole passage.")
    return {
        name: message for name in ("title", "body") if words and shows(getattr(left, name), words)
    }


def text_of(
    release: Release,
    *,
    signers: frozenset[int] = NOBODY,
    sources: frozenset[int] = NOBODY,
    speakers: frozenset[int] = NOBODY,
) -> ReleaseText:
    """The text that a release holds now, with the parties who are asked."""
    words, answers = tuple(release.marked_words), dict(release.answers)
    return ReleaseText(release.title, release.body, words, answers, signers, sources, speakers)


def digest_of(release: Release, left: Redacted, signers: Iterable[str]) -> str:
    """SHA-256 of exactly this text, as the next version, with whoever signs it (references)."""
    parts = (release.ref, str(release.edition + 1), left.title, left.body, *sorted(signers))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
