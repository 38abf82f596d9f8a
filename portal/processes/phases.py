"""What is done with a process: opened, said anew, moved from phase to phase."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.base import new_reference
from models.processes import Part, Phase, Process, Seat
from portal.access import Actor, authorize
from portal.errors import TooLate, refuse
from portal.ledger import create, transition
from portal.names import LONGEST, name_from
from portal.rules import (
    AGREE,
    BEGIN_TALKS,
    CLOSE,
    EDIT,
    IMPLEMENT,
    OPEN_PROCESS,
    ORGANISATIONS,
    PAUSE,
    PREPARE,
    PROCESSES,
    TAKE_SEAT,
)
from portal.words import N_

LONGEST_CONTEXT: Final = 50_000


def open_process(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    cover_name: str,
    context: str = "",
    now: datetime,
) -> Process:
    """Open a process for a mediation body; whoever opens it is the first on its team.

    Raises Invalid for a cover name or context that cannot be taken.
    """
    with transition(session, actor, OPEN_PROCESS, ORGANISATIONS, organisation_ref, now) as body:
        refuse(_problems(cover_name, context))
        process = Process(
            ref=new_reference(PROCESSES.prefix, now.year),
            organisation_id=body.id,
            cover_name=name_from(cover_name, "cover_name"),
            context=context,
            state=Phase.PREPARATION,
            created_at=now,
            changed_at=now,
        )
        create(session, actor, OPEN_PROCESS, PROCESSES, process, now)
        session.add(Seat(process_id=process.id, person_id=actor.person_id, part=Part.TEAM))
        session.flush()
    return process


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    cover_name: str,
    context: str,
    open_seats: bool,
    version: int,
    now: datetime,
) -> None:
    """Say anew what a process is about, and whether those with a seat may see one another.

    Raises TooLate when `version` is no longer the present one, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, PROCESSES, ref, now) as process:
        if process.version != version:
            raise TooLate(EDIT)
        refuse(_problems(cover_name, context))
        process.cover_name, process.context = name_from(cover_name, "cover_name"), context
        process.open_seats, process.changed_at = open_seats, now


def _problems(cover_name: str, context: str) -> dict[str, str]:
    found = {}
    if not cover_name.strip() or len(cover_name) > LONGEST:
        found["cover_name"] = N_("Give the process a cover name of at most 120 characters.")
    if len(context) > LONGEST_CONTEXT:
        found["context"] = N_("This is too long.")
    return found


def prepare(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Move a process back into its preparation."""
    _move(session, actor, PREPARE, ref, now)


def begin_talks(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Move a process into talks."""
    _move(session, actor, BEGIN_TALKS, ref, now)


def agree(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Move a process into agreement."""
    _move(session, actor, AGREE, ref, now)


def implement(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Move a process into implementation."""
    _move(session, actor, IMPLEMENT, ref, now)


def pause(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Let a process rest until it is moved into another phase."""
    _move(session, actor, PAUSE, ref, now)


def close(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Close a process for good; whoever has a seat can still read it."""
    _move(session, actor, CLOSE, ref, now)


def _move(session: Session, actor: Actor, verb: str, ref: str, now: datetime) -> None:
    with transition(session, actor, verb, PROCESSES, ref, now) as process:
        authorize(session, actor, TAKE_SEAT, PROCESSES, ref, now)
        process.changed_at = now
