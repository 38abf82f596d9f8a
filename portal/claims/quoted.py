"""What the file of an imported claim quotes: replies to it, and that its claimant withdrew it.

They stand beside the claim as what they are, never among the replies of organisations of this
portal, and nobody edits them.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claims import Claim, QuotedReply
from models.vocabulary import Tlp
from portal.related import Related, related
from portal.words import N_

MOST: Final = 50
LONGEST: Final = {"text": 20_000, "heading": 1_000, "about": 4_000}
TOO_MANY: Final = N_("More than 50 replies are quoted with it.")
TOO_LONG: Final = N_("A reply that is quoted with it is too long.")
WIDER: Final = N_("A reply that is quoted with it is marked more strictly.")


class OfClaim(Protocol):
    """A row that stands beside a claim."""

    @property
    def claim_id(self) -> int:
        """The key of the claim."""


R = TypeVar("R", bound=OfClaim)


class Sort(StrEnum):
    """What is quoted."""

    REPLY = "reply"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class Quoted:
    """One of them; `at` and `edition` are None where the file does not say."""

    sort: str
    said_by: str
    edition: int | None
    at: datetime | None
    tlp: str
    text: str
    key: str = ""
    maker: str = ""
    heading: str = ""
    written: str = ""
    changed: str = ""
    maker_at: str = ""
    about: str = ""


@dataclass(frozen=True)
class QuotedRow:
    """One of them as it stands beside its claim."""

    id: int
    claim_id: int
    sort: str
    said_by: str
    edition: int | None
    at: datetime | None
    tlp: str
    text: str


FIELDS: Final = tuple(each.name for each in fields(Quoted))


def quoted_problems(quoted: Iterable[Quoted]) -> dict[str, str]:
    """What of these cannot be taken, a message id for each field."""
    every = list(quoted)
    if len(every) > MOST:
        return {"quoted": TOO_MANY}
    long = any(len(getattr(one, name)) > most for one in every for name, most in LONGEST.items())
    return {"quoted": TOO_LONG} if long else {}


def quote(session: Session, claim: Claim, quoted: Iterable[Quoted]) -> None:
    """Keep with a new claim what its file quotes."""
    session.add_all(QuotedReply(claim_id=claim.id, **asdict(one)) for one in quoted)
    session.flush()


def wider_than_quoted(session: Session, claim: Claim, tlp: Tlp) -> bool:
    """Whether a claim would be marked less strictly than a reply that is quoted with it."""
    marked = select(QuotedReply.tlp).where(QuotedReply.claim_id == claim.id).distinct()
    return any(Tlp(one).rank > tlp.rank for one in session.scalars(marked))


def quoted_rows(where: Any) -> Related[QuotedRow]:
    """What is quoted with claims, for a page that loads it together with other rows."""
    columns = [getattr(QuotedReply, each.name) for each in fields(QuotedRow)]
    question: Any = select(*columns).where(where).order_by(QuotedReply.id)
    return related(QuotedRow, question)


def by_claim(rows: Iterable[R]) -> dict[int, list[R]]:
    """Rows that stand beside claims, by the key of their claim."""
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.claim_id, []).append(row)
    return found
