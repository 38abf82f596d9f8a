"""What was found in a file: the text of a notice, its signs and tags, and what is left behind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from models.vocabulary import Tlp
from portal.errors import Invalid, Said
from portal.exchange.values import said
from portal.notices import NoticeText
from portal.words import N_

MOST_SIGNS: Final = 5_000
MOST_TAGS: Final = 200
MOST_NAMED: Final = 3
MOST_PARTS: Final = 50
MOST_LINES, OTHERS = 100, "…"  # a file can make up as many types as it likes
LONGEST_VALUE: Final = 4_000

# Why something is not taken: a whole sentence each.
REVOKED = N_("%(n)s × %(sort)s: not taken. Its source has revoked it.%(names)s")
SUPERSEDED = N_("%(n)s × %(sort)s: not taken. The file holds a later version of it.%(names)s")
DELETED = N_("%(n)s × %(sort)s: not taken. Its source has deleted it.%(names)s")
EXPIRED = N_("%(n)s × %(sort)s: not taken. Its validity has ended.%(names)s")
UNCLEAR = N_(
    "%(n)s × %(sort)s: not taken. Whether it still holds cannot be read from the file.%(names)s"
)
NO_VALUE = N_("%(n)s × %(sort)s: not taken. It has no value that can be read.%(names)s")
TOO_LONG = N_("%(n)s × %(sort)s: not taken. Its value is too long.%(names)s")
TOO_MANY = N_("%(n)s × %(sort)s: not taken. There are more than the portal takes.%(names)s")
DOUBLE = N_("%(n)s × %(sort)s: not taken. It says the same as another one.%(names)s")
MALFORMED = N_("%(n)s × %(sort)s: not taken. It is not an object.%(names)s")
UNSUPPORTED = N_("%(n)s × %(sort)s: not taken. The portal has no place for it.%(names)s")
OTHER_PART = N_("%(n)s × %(sort)s: not taken. It belongs to another part of the file.%(names)s")
RELATION = N_("%(n)s × %(sort)s: not taken. Links between objects are not imported.%(names)s")
SOURCE = N_("%(n)s × %(sort)s: not taken. Names of sources and others are not imported.%(names)s")
REMARK = N_("%(n)s × %(sort)s: not taken. Notes on other objects are not imported.%(names)s")
UNUSED_MARKING = N_("%(n)s × %(sort)s: not taken. No object carries this marking.%(names)s")
PERSON = N_("%(n)s × details of a person (%(sort)s): not taken.%(names)s")
SILENT = N_("%(n)s × %(sort)s: not taken. It says nothing by itself.%(names)s")
BYTES = N_("%(n)s × content of a file (%(sort)s): not taken; its name and digest are.%(names)s")
AHEAD = N_("%(n)s × future time (%(sort)s): not taken.%(names)s")
NO_TIME = N_("%(n)s × %(sort)s: not taken. It is not a time that can be read.%(names)s")
CUT = N_("%(n)s × %(sort)s: cut, since it is longer than the portal takes.%(names)s")
INSIDE = N_(
    "%(n)s × %(sort)s, a part of what is taken: not taken. The portal has no place for it.%(names)s"
)
# Parts of what is otherwise taken: they are said, but do not count as objects.
PARTLY: Final = frozenset({BYTES, AHEAD, NO_TIME, CUT, INSIDE})


class Unreadable(Invalid):
    """The file cannot be taken; the message says why, next to the field `file`."""

    def __init__(self, message: str) -> None:
        super().__init__({"file": message})


@dataclass(frozen=True)
class Line:
    """A sentence about the file: a message id, and the values that stand in it."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sign:
    """A technical sign: a STIX pattern, or a type with a value."""

    type: str
    value: str
    pattern: str | None = None
    category: str = ""
    detection: bool = False
    comment: str = ""
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None


@dataclass(frozen=True)
class Part:
    """One of several reports or events of a file; `key` names it in the form."""

    key: str
    title: str


@dataclass(frozen=True)
class Found:
    """All that a file gives: what a draft would hold, and what is left behind.

    `unread` names the markings that cannot be read. `choices` are the markings from which a person
    must choose one; it is empty where the file leaves no doubt. `parts` are the reports or events
    of which one is chosen (`part`, empty while none is). `used` of `whole` objects went into this.
    """

    text: NoticeText
    source_format: str
    source_id: str
    signs: tuple[Sign, ...]
    tags: tuple[str, ...]
    notes: tuple[Line, ...]
    left: tuple[Line, ...]
    unread: tuple[Line, ...] = ()
    choices: tuple[Tlp, ...] = ()
    parts: tuple[Part, ...] = ()
    part: str = ""
    used: int = 0
    whole: int = 0

    @property
    def undecided(self) -> bool:
        """Whether a person has yet to say which part of the file is meant."""
        return len(self.parts) > 1 and not self.part


def settled(found: Found, tlp: str | None) -> Found:
    """What was found, with the marking that a person chose; raises Invalid while a choice is open.

    A marking below what the file allows is refused: it is changed in the draft, knowingly, later.
    """
    if found.undecided:
        raise Invalid({"part": N_("Choose one report or event. Each becomes a draft of its own.")})
    if not found.choices:
        return found
    if tlp not in found.choices:
        raise Invalid({"tlp": N_("Choose a marking: the one in the file cannot be read.")})
    return replace(found, text=replace(found.text, tlp=Tlp(str(tlp))), choices=())


def chosen(parts: tuple[Part, ...], key: str) -> str:
    """The key of the part that was chosen; of the first where none was; raises Invalid for others.

    Raises Unreadable where there are too many to choose from.
    """
    if len(parts) > MOST_PARTS:
        raise Unreadable(
            Said(
                N_("The file holds %(n)s reports or events; send at most %(most)s at a time."),
                n=str(len(parts)),
                most=str(MOST_PARTS),
            )
        )
    if key and key not in {part.key for part in parts}:
        raise Invalid({"part": N_("Choose one from the list.")})
    return key or parts[0].key


class Left:
    """What is not taken, counted by type and reason while the file is read."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.names: dict[tuple[str, str], list[str]] = {}

    def add(self, reason: str, sort: str, name: str = "", times: int = 1) -> None:
        """Note that something of this type is not taken, for this reason."""
        if (reason, sort) not in self.counts and len(self.counts) >= MOST_LINES:
            sort, name = OTHERS, ""
        if times:
            self.counts[reason, sort] += times
        named = self.names.setdefault((reason, sort), [])
        if name and len(named) < MOST_NAMED:
            named.append(name[:80])

    @property
    def total(self) -> int:
        """How many objects are left behind as a whole."""
        return sum(n for (reason, _sort), n in self.counts.items() if reason not in PARTLY)

    def lines(self) -> Iterator[Line]:
        """A sentence for each type and reason, with the first names."""
        for (reason, sort), count in sorted(self.counts.items()):
            named = self.names[reason, sort]
            more = " …" if count > len(named) else ""
            names = f" ({', '.join(named)}{more})" if named else ""
            yield Line(reason, {"n": count, "sort": sort, "names": names})


class Signs:
    """The signs of a file, without doubles and up to a limit."""

    def __init__(self) -> None:
        self.taken: dict[Sign, None] = {}

    def add(self, sign: Sign) -> str | None:
        """Take a sign; gives the reason where it is not taken."""
        if sign in self.taken:
            return DOUBLE
        if len(self.taken) >= MOST_SIGNS:
            return TOO_MANY
        self.taken[sign] = None
        return None


def value_of(value: object) -> tuple[str, str | None]:
    """A sign's value as text, or the reason why it is not taken: a value is never cut."""
    whole = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(whole, str):
        return "", NO_VALUE
    if len(whole) > LONGEST_VALUE:
        return "", TOO_LONG
    text = said(whole, LONGEST_VALUE)
    return text, None if text else NO_VALUE
