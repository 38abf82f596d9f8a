"""Claims and harm that go out, as plain values: what the files of STIX and MISP are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.vocabulary import Tlp
from portal.claims import ClaimText, Quoted
from portal.harm import HarmText


@dataclass(frozen=True)
class Home:
    """The organisation that keeps a claim or a row of harm."""

    ref: str
    name: str
    since: datetime


@dataclass(frozen=True)
class Reply:
    """What whoever a claim names replied to one of its versions."""

    organisation: str
    edition: int
    at: datetime
    text: str


@dataclass(frozen=True)
class OutClaim:
    """A claim that goes out; `text` names whom it is about also where they are of this portal.

    `quoted` are replies and withdrawals of the file that it was imported from. `revoked` says that
    it is withdrawn: here (`withdrawn_at`), or as that file says.
    """

    ref: str
    home: Home
    text: ClaimText
    edition: int
    revoked: bool
    created_at: datetime
    changed_at: datetime
    answers: str = ""
    replies: Sequence[Reply] = ()
    quoted: Sequence[Quoted] = ()
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


@dataclass(frozen=True)
class OutHarm:
    """A row of harm that goes out; `text` names whom it happened to and who said it."""

    ref: str
    home: Home
    text: HarmText
    edition: int
    revoked: bool
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Said:
    """The claims and rows of harm that go out together."""

    claims: Sequence[OutClaim] = ()
    harm: Sequence[OutHarm] = ()

    @property
    def all(self) -> list[OutClaim | OutHarm]:
        """Claims first, then harm."""
        return [*self.claims, *self.harm]

    @property
    def strictest(self) -> Tlp:
        """The strictest marking of all of them."""
        return Tlp.strictest(one.text.tlp for one in self.all)


def goes_as_misp(tlp: str) -> bool:
    """Whether what is marked so goes out as MISP, which knows no named people."""
    return tlp != Tlp.RED
