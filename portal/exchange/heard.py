"""Claims and harm that were found in a file: each of whoever said it, and never of the portal."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from models.vocabulary import Pap, Tlp
from portal.claims import ClaimText, Quoted, quoted_problems
from portal.errors import Said
from portal.exchange.found import Left, Line, Unreadable
from portal.exchange.markings import OWN_ONLY, Markings
from portal.harm import HarmText
from portal.words import N_

MOST: Final = 100
MOST_HEARD: Final = 10 * MOST  # before it is known which of them answer what is not in the file
LONGEST_BODY: Final = 20_000
NOBODY: Final = N_("%(n)s × %(sort)s: not taken. It does not say whose claim it is.%(names)s")
NO_DAY: Final = N_("%(n)s × %(sort)s: not taken. It does not say when it was said.%(names)s")
ANSWERS_NOTHING: Final = N_(
    "%(n)s × %(sort)s: not taken. What it answers is not in the file.%(names)s"
)
NEUTRAL: Final = N_(
    "%(n)s × %(sort)s: not taken. It neither doubts nor denies what it is about.%(names)s"
)
ABSENT: Final = N_("%(n)s × %(sort)s: not taken. The file names it, but does not hold it.%(names)s")
GARBLED: Final = N_("%(n)s × %(sort)s: not taken. A value in it cannot be read.%(names)s")
TOO_MANY: Final = Said(
    N_("The file holds more than %(most)s claims or rows; send it in pieces."), most=str(MOST)
)
NOTHING: Final = N_("The file holds no claim and no harm that the portal can read.")


@dataclass(frozen=True)
class HeardClaim:
    """A claim of a file; `answers` is the key of the one in the file that it doubts or denies.

    `quoted` are the replies to it and its withdrawals that stand in the file.
    """

    key: str
    text: ClaimText
    problems: dict[str, str]
    answers: str = ""
    quoted: tuple[Quoted, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it becomes a draft."""
        return not self.problems


@dataclass(frozen=True)
class HeardHarm:
    """A row of harm of a file."""

    key: str
    text: HarmText
    problems: dict[str, str]

    @property
    def good(self) -> bool:
        """Whether it becomes a draft."""
        return not self.problems


@dataclass(frozen=True)
class Heard:
    """All claims and harm of a file, and what of them is left behind."""

    claims: tuple[HeardClaim, ...] = ()
    harm: tuple[HeardHarm, ...] = ()
    left: tuple[Line, ...] = ()


@dataclass
class Ear:
    """What has been heard so far; `producer` claims what the file says of nobody."""

    now: datetime
    producer: str = ""
    left: Left = field(default_factory=Left)
    claims: list[HeardClaim] = field(default_factory=list)
    harm: list[HeardHarm] = field(default_factory=list)
    texts: dict[str, ClaimText] = field(default_factory=dict)

    def claim(
        self,
        key: str,
        text: ClaimText,
        pap: Pap | None,
        answers: str = "",
        quoted: tuple[Quoted, ...] = (),
    ) -> None:
        """Take a claim, with what its source says of actions kept in its text."""
        said = replace(text, body=_with_pap(text.body, pap))
        if len(self.claims) > MOST_HEARD:
            raise Unreadable(TOO_MANY)
        # Its tie is made when both are drafts, so that its stance is no problem before.
        alone = replace(said, answers_id=1) if answers else said
        problems = alone.problems(self.now) | quoted_problems(quoted)
        self.claims.append(HeardClaim(key, said, problems, answers, quoted))
        self.texts[key] = said

    def row(self, key: str, text: HarmText, pap: Pap | None) -> None:
        """Take a row of harm: of others, so that it needs its source."""
        if len(self.harm) > MOST_HEARD:
            raise Unreadable(TOO_MANY)
        said = replace(text, body=_with_pap(text.body, pap))
        self.harm.append(HeardHarm(key, said, said.problems(self.now, cited=True)))

    def all(self) -> Heard:
        """What was heard, as far as what it answers was too; raises Unreadable where nothing is."""
        there = {one.key for one in self.claims if one.good}
        claims = []
        for one in self.claims:
            if one.answers and one.answers not in there:
                self.left.add(ANSWERS_NOTHING, "claim", one.text.title)
            else:
                claims.append(one)
        if not claims and not self.harm and not self.left.total:
            raise Unreadable(NOTHING)
        if len(claims) > MOST or len(self.harm) > MOST:
            raise Unreadable(TOO_MANY)
        # What is answered comes before what answers it.
        ordered = sorted(claims, key=lambda one: bool(one.answers))
        return Heard(tuple(ordered), tuple(self.harm), tuple(self.left.lines()))


def _with_pap(body: str, pap: Pap | None) -> str:
    # Claims and harm have no field for permissible actions: a limit stays in their text.
    if pap in (None, Pap.CLEAR) or f"PAP:{pap}" in body:
        return body
    return f"{body}\n\nPAP:{pap}".strip()


def marking(markings: Markings) -> Tlp:
    """The marking of a claim or row; raises Unreadable where a restriction cannot be read.

    "Your organisation only" is what TLP:AMBER+STRICT says, and is read so.
    """
    narrow = list(markings.narrow) if _wider_than_a_community(markings) else []
    banners = markings.open_banners()
    for message, what in [*markings.unread, *banners, *narrow]:
        if message != OWN_ONLY:
            found = (markings.unread, banners, markings.narrow)
            count = next(times for each in found if (times := each[message, what]))
            raise Unreadable(Said(message, what=what, n=str(count)))
    return markings.strictest()


def _wider_than_a_community(markings: Markings) -> bool:
    return bool(markings.narrow) and markings.strictest().rank < Tlp.AMBER.rank


def pap_of(markings: Markings) -> Pap | None:
    """What is said of permissible actions; None where nothing is."""
    return markings.strictest_pap() if markings.pap else None
