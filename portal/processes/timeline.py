"""Everything tied to a process that this reader may see, and the phases it went through."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, exists, false, func, literal, or_, select, true, union_all

from models.audience import Recipient
from models.base import Moment
from models.commitments import Commitment
from models.dialogues import Dialogue
from models.ledger import AuditEvent
from models.notices import Notice
from models.processes import MediatorLink, Phase
from models.stakeholders import Organisation
from portal.access import Actor, answer, clause, visible
from portal.relations import list_of_matter
from portal.rules import (
    COMMITMENTS,
    DIALOGUES,
    NOTICES,
    OPEN_PROCESS,
    PHASES,
    PROCESSES,
    READ_TEXT,
    Kind,
)

MOST: Final = 50
LED_TO: Final = {OPEN_PROCESS: str(Phase.PREPARATION)} | {
    verb: str(phase) for phase, verb in PHASES.items()
}
NOTHING: Final[Any] = literal("")


def columns(what: Any, key: Any, state: Any, **more: Any) -> list[Any]:
    """The same columns for each sort of thing, so that one question brings them all."""
    return [
        what.label("what"),
        key.label("key"),
        state.label("state"),
        more.get("at", literal(None, Moment())).label("at"),
        more.get("ref", NOTHING).label("ref"),
        more.get("name", NOTHING).label("name"),
        more.get("tlp", NOTHING).label("tlp"),
        more.get("home", NOTHING).label("home"),
        answer(more.get("acts", true())).label("acts"),
        answer(more.get("linked", false())).label("linked"),
    ]


def timeline(actor: Actor, process_id: int, now: datetime) -> Any:
    """The newest entries as rows: notices, commitments, dialogues, the turns of the process.

    Each matter is asked of the law; being tied to the process opens none.
    The caller may read the process.
    """
    parts = (
        _matters(
            actor,
            "notice",
            NOTICES,
            or_(_names(Notice, process_id), _linked(process_id)),
            now,
            linked=_linked(process_id),
        ),
        _matters(
            actor,
            "commitment",
            COMMITMENTS,
            or_(Commitment.process_id == process_id, _names(Commitment, process_id)),
            now,
        ),
        _matters(actor, "dialogue", DIALOGUES, Dialogue.process_id == process_id, now),
        _turns(process_id),
    )
    every = union_all(*(select(*part.subquery().c) for part in parts)).subquery()
    newest = select(*every.c).order_by(every.c.at.desc(), every.c.what, every.c.key.desc())
    return newest.limit(MOST).subquery()


def _names(model: Any, process_id: int) -> Any:
    # The recipient list of the matter names the process.
    matter = getattr(Recipient, list_of_matter(model))
    return model.id.in_(
        select(matter).where(
            Recipient.process_id == process_id, ~Recipient.excepted, matter.is_not(None)
        )
    )


def _linked(process_id: int) -> Any:
    # By the mediating team; whoever cannot read the notice is not shown it here either.
    mine = exists().where(
        MediatorLink.process_id == process_id, MediatorLink.notice_id == Notice.id
    )
    return mine.correlate(Notice)


def _matters(
    actor: Actor, what: str, kind: Kind[Any], tied: Any, now: datetime, **more: Any
) -> Select[Any]:
    model = kind.model
    at = func.coalesce(model.published_at, model.changed_at)
    title = case((clause(kind, READ_TEXT, actor.person_id, now), model.title), else_="")
    return (
        visible(
            kind,
            actor,
            now,
            *columns(
                literal(what),
                model.id,
                model.state,
                at=at,
                ref=model.ref,
                name=title,
                tlp=model.tlp,
                home=Organisation.name,
                **more,
            ),
        )
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(tied)
        .order_by(at.desc(), model.id.desc())
        .limit(MOST)
    )


def _turns(process_id: int) -> Select[Any]:
    # Who moved it stays in the trail: the team is not shown to those who may not see the seats.
    what = case((AuditEvent.verb == OPEN_PROCESS, "opened"), else_="phase")
    phase = case(LED_TO, value=AuditEvent.verb)
    return (
        select(*columns(what, AuditEvent.id, phase, at=AuditEvent.at))
        .where(
            AuditEvent.kind == PROCESSES.name,
            AuditEvent.matter_id == process_id,
            AuditEvent.verb.in_(LED_TO),
        )
        .order_by(AuditEvent.id.desc())
        .limit(MOST)
    )
