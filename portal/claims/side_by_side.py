"""Claims beside one another, on a notice or a process: by day, and by claimant and whom they name.

Nothing here counts, sums, ranks or weighs by the actor that is named: columns stand by their name,
lines by the claimant's, and each cell holds the claims themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.claims import Claim, ClaimReply, ClaimState, QuotedReply
from models.notices import Notice
from models.processes import Process
from models.stakeholders import Organisation
from portal.access import Actor, beside_read
from portal.claims.listing import rows_of_claims
from portal.claims.quoted import QuotedRow, by_claim, quoted_rows
from portal.db import in_state
from portal.parameters import KEY, ME, NOW
from portal.recipients import notice_or_process
from portal.related import Related, Rows, Together, related
from portal.rules import CLAIMS, EXPORT, READ_TEXT

MOST: Final = 200


@dataclass(frozen=True)
class SaidRow:
    """A claim as it stands beside others."""

    id: int
    ref: str
    ticket: str
    tlp: str
    title: str
    stance: str
    form: str
    said_on: str
    about_sort: str
    named: str
    claimant: str
    scale: str
    confidence: str
    verified: str
    source_title: str
    source_publisher: str
    source_on: str
    source_url: str
    answers_id: int | None
    edition: int


@dataclass(frozen=True)
class RepliedRow:
    """A reply that stands beside a claim (`claim_id`)."""

    id: int
    claim_id: int
    organisation: str
    edition: int
    at: datetime
    text: str


@dataclass(frozen=True)
class SideBySide:
    """The claims on a resource by day, and the same as a table.

    `named` are the columns (name and sort), by name; `lines` are the claimants, by name, each with
    its claims by column. `replies` and what is `quoted` in the file of a claim are by key of the
    claim, `refs` the references by key.
    """

    on: Notice | Process
    title: str
    claims: Sequence[SaidRow]
    replies: Mapping[int, Sequence[RepliedRow]]
    quoted: Mapping[int, Sequence[QuotedRow]]

    @property
    def refs(self) -> dict[int, str]:
        """The reference of each claim by its key."""
        return {row.id: row.ref for row in self.claims}

    @property
    def named(self) -> list[tuple[str, str]]:
        """Whom the claims name: name and sort, by name; nobody named comes last."""
        return sorted(
            {(row.named, row.about_sort) for row in self.claims},
            key=lambda one: (one[1] == "unknown", one),
        )

    @property
    def lines(self) -> list[tuple[str, dict[tuple[str, str], list[SaidRow]]]]:
        """Of each claimant, by name, what it says of whom."""
        found: dict[str, dict[tuple[str, str], list[SaidRow]]] = {}
        for row in self.claims:
            cells = found.setdefault(row.claimant, {})
            cells.setdefault((row.named, row.about_sort), []).append(row)
        return sorted(found.items())


def side_by_side(
    session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ_TEXT
) -> SideBySide:
    """The claims that rest on a notice or go to a process, as far as the person reads them.

    `verb` is EXPORT where they are taken along. Raises NotFound for what is hidden.
    """
    on, title = notice_or_process(session, actor, ref, now)
    together = (ON_NOTICE if isinstance(on, Notice) else IN_PROCESS)[verb]
    rows = together.load(session, {ME.key: actor.person_id, NOW.key: now, KEY.key: on.id})
    return beside_one_another(on, title, rows)


def beside_one_another(on: Notice | Process, title: str, rows: Rows) -> SideBySide:
    """The claims among rows that were loaded together."""
    return SideBySide(
        on, title, rows[SaidRow], by_claim(rows[RepliedRow]), by_claim(rows[QuotedRow])
    )


def _claims(where: Any, verb: str) -> Any:
    names = tuple(SaidRow.__dataclass_fields__)
    taken = beside_read(CLAIMS, verb, ME, NOW)
    rows = rows_of_claims().where(in_state(Claim, ClaimState.PUBLISHED), where, taken)
    columns = {column.key: column for column in rows.selected_columns}
    return rows.with_only_columns(*(columns[name] for name in names)).order_by(
        Claim.said_at, Claim.id
    )


def _parts(where: Any, verb: str) -> tuple[Related[Any], ...]:
    claims = _claims(where, verb)
    keys = claims.with_only_columns(Claim.id).order_by(None)
    replies = (
        select(
            ClaimReply.id,
            ClaimReply.claim_id,
            Organisation.name.label("organisation"),
            ClaimReply.edition,
            ClaimReply.at,
            ClaimReply.text,
        )
        .join(Organisation, Organisation.id == ClaimReply.organisation_id)
        .where(ClaimReply.claim_id.in_(keys))
        .order_by(ClaimReply.id)
    )
    by_day = related(SaidRow, claims, order=lambda row: (row.said_on, row.claimant, row.id))
    return by_day, related(RepliedRow, replies), quoted_rows(QuotedReply.claim_id.in_(keys))


def _sent_to_process() -> Any:
    listed = select(Recipient.claim_id).where(
        Recipient.process_id == KEY, ~Recipient.excepted, Recipient.claim_id.is_not(None)
    )
    return Claim.id.in_(listed)


VERBS: Final = (READ_TEXT, EXPORT)
ON_NOTICE: Final = {
    verb: Together(_parts(Claim.notice_id == KEY, verb), MOST).completed() for verb in VERBS
}
IN_PROCESS: Final = {
    verb: Together(_parts(_sent_to_process(), verb), MOST).completed() for verb in VERBS
}
# For whoever loads them beside other rows of the process.
TAKEN_ALONG: Final = _parts(_sent_to_process(), EXPORT)
