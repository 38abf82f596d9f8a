"""The dossier of a process: what its reader may take along of it, on one paper.

A paper is a copy: each row on it is asked for EXPORT, and what the reader may not export is not on
it. The whole goes into the trail, and into the receipts of each resource that it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session, aliased

from models.commitments import Commitment
from models.dialogues import Dialogue
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal import processes
from portal.access import Actor, beside_read, readable, readable_title
from portal.catalogue import NOUNS, Noun, Without
from portal.claims import TAKEN_ALONG as CLAIMS_ALONG
from portal.claims import SideBySide, beside_one_another
from portal.db import written
from portal.harm import TAKEN_ALONG as HARM_ALONG
from portal.harm import HarmRow, Narrow, Spread, on_one, spread_of
from portal.ledger import at_once
from portal.parameters import KEY, ME, NOW, at_most
from portal.processes import Reading
from portal.receipts import export_of_many
from portal.related import Related, Rows, Together, related
from portal.rules import CLAIMS, COMMITMENTS, DIALOGUES, EXPORT, HARM, RELEASES
from portal.timeline import EntryRow, entry_rows

MOST: Final = 200
MOST_ROWS: Final = 501  # one row of harm more than is shown: where there is, the sums say so
Ties = list[tuple[Noun[Any], Any]]


@dataclass(frozen=True)
class TakenRow:
    """A resource that is tied to the process and may be taken along."""

    what: str
    key: int
    edition: int
    tlp: str


@dataclass(frozen=True)
class PromiseRow:
    """A commitment of the process; its day is one in `zone`."""

    id: int
    ref: str
    tlp: str
    title: str
    state: str
    promisor: str
    addressee: str
    due_at: datetime | None
    zone: str


@dataclass(frozen=True)
class MeetingRow:
    """A dialogue of the process, and when it takes place."""

    id: int
    ref: str
    tlp: str
    title: str
    state: str
    at: datetime | None


@dataclass(frozen=True)
class Dossier:
    """What stands on the paper; `tlp` is the strictest marking of it. Members are not on it."""

    reading: Reading
    entries: Sequence[EntryRow]
    commitments: Sequence[PromiseRow]
    dialogues: Sequence[MeetingRow]
    claims: SideBySide
    harm: Spread
    tlp: Tlp


def dossier(session: Session, actor: Actor, ref: str, now: datetime) -> Dossier:
    """The dossier of a process for one of its members; it goes into the trail.

    Raises NotFound where the process is absent or hidden.
    """
    with at_once(session):
        return _gathered(session, actor, ref, now)


def _gathered(session: Session, actor: Actor, ref: str, now: datetime) -> Dossier:
    reading = processes.read(session, actor, ref, now, verb=EXPORT)
    process = reading.process
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: process.id}
    rows = TAKEN.load(session, asked)
    free = {(row.what, row.key) for row in rows[TakenRow]}
    entries = [
        entry
        for entry in reversed(rows[EntryRow])
        if not entry.ref or (entry.what, entry.key) in free
    ]
    claims = beside_one_another(process, process.cover_name, rows)
    harm = spread_of(on_one(process, process.cover_name, rows[HarmRow]), Narrow())
    _audit(session, actor, rows, claims, harm, now)
    marked = (*rows[TakenRow], *claims.claims, *(one.row for one in harm.rows))
    # Only its members know of a process, so that a paper about it stays with them.
    return Dossier(
        reading,
        entries,
        rows[PromiseRow],
        rows[MeetingRow],
        claims,
        harm,
        Tlp.strictest((one.tlp for one in marked), LEAST),
    )


def _audit(
    session: Session,
    actor: Actor,
    rows: Rows,
    claims: SideBySide,
    harm: Spread,
    now: datetime,
) -> None:
    for noun in NOUNS:
        taken = {(row.key, row.edition) for row in rows[TakenRow] if row.what == noun.name}
        if noun.policy is CLAIMS:
            taken |= {(row.id, row.edition) for row in claims.claims}
        elif noun.policy is HARM:
            taken |= {(one.row.id, one.row.edition) for one in harm.rows}
        if taken:
            export_of_many(session, actor, noun.policy, sorted(taken), now, made_as="pdf")


def _taken() -> Related[TakenRow]:
    ties: Ties = [
        (one, one.ties)
        for one in NOUNS
        if not isinstance(one.ties, Without) and one.policy.rows(EXPORT)
    ]
    every = union_all(*(select(*_tied(*tie).subquery().c) for tie in ties)).subquery()
    question: Any = select(*every.c)
    return related(TakenRow, question, order=lambda row: (row.what, row.key))


def _tied(noun: Noun[Any], tied: Any) -> Select[Any]:
    model: Any = noun.policy.model
    at = func.coalesce(model.published_at, model.changed_at)
    columns = (
        written(noun.name).label("what"),
        model.id.label("key"),
        (model.edition if hasattr(model, "edition") else model.sequence).label("edition"),
        model.tlp.label("tlp"),
    )
    may = beside_read(noun.policy, EXPORT, ME, NOW)
    newest = readable(noun.policy, *columns).where(tied, may).order_by(at.desc(), model.id.desc())
    return newest.limit(at_most(MOST))


def _commitments() -> Related[PromiseRow]:
    to = aliased(Organisation)
    question: Any = (
        readable(
            COMMITMENTS,
            Commitment.id,
            Commitment.ref,
            Commitment.tlp,
            readable_title(COMMITMENTS),
            Commitment.state,
            Organisation.name.label("promisor"),
            to.name.label("addressee"),
            Commitment.due_at,
            Commitment.zone,
        )
        .join(Organisation, Organisation.id == Commitment.organisation_id)
        .join(to, to.id == Commitment.addressee_id)
        .where(Commitment.process_id == KEY, beside_read(COMMITMENTS, EXPORT, ME, NOW))
        .order_by(Commitment.id.desc())
    )
    return related(PromiseRow, question)


def _dialogues() -> Related[MeetingRow]:
    question: Any = (
        readable(
            DIALOGUES,
            Dialogue.id,
            Dialogue.ref,
            Dialogue.tlp,
            readable_title(DIALOGUES),
            Dialogue.state,
            Dialogue.starts_at.label("at"),
        )
        .where(Dialogue.process_id == KEY, beside_read(DIALOGUES, EXPORT, ME, NOW))
        .order_by(Dialogue.id.desc())
    )
    return related(MeetingRow, question)


LEAST: Final = Tlp.AMBER_STRICT
# A release has no export of its own: its files are public.
OF_ENTRIES: Final = entry_rows(but=(RELEASES,))
OF_PROCESS: Final = (_taken(), _commitments(), _dialogues(), OF_ENTRIES)
TAKEN: Final = Together((*OF_PROCESS, *CLAIMS_ALONG, HARM_ALONG), MOST_ROWS).completed()
