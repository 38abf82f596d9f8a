"""Everything tied to a process that a reader may see, of every noun, and the phases it was in."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.ledger import AuditEvent
from models.processes import Phase
from models.stakeholders import Organisation
from portal.access import Actor, answer, beside_read, visible
from portal.catalogue import NOUNS, Noun, Without, linked
from portal.rules import NOTICES, OPEN_PROCESS, PHASES, PROCESSES

MOST: Final = 50
OPENED, PHASE = "opened", "phase"
LED_TO: Final = {OPEN_PROCESS: str(Phase.PREPARATION)} | {
    verb: str(phase) for phase, verb in PHASES.items()
}
NOTHING: Final[Any] = literal("")
NO: Final[Any] = literal(False)


def timeline(session: Session, actor: Actor, process_id: int, now: datetime) -> list[Any]:
    """The newest fifty entries, in one query.

    Of each: what (name of the noun, `opened` or `phase`), key, state, at, ref, name (empty where it
    is not the reader's to know), tlp, home, linked. Each resource is asked of the policy; being
    tied to the process opens none. The caller has asked whether the reader may read the process.
    """
    parts = [
        _tied(noun, noun.ties(actor, process_id, now), actor, process_id, now)
        for noun in NOUNS
        if not isinstance(noun.ties, Without)
    ]
    parts.append(_turns(process_id))
    every = union_all(*(select(*part.subquery().c) for part in parts)).subquery()
    newest = select(*every.c).order_by(every.c.at.desc(), every.c.what.desc(), every.c.key.desc())
    return list(session.execute(newest.limit(MOST)))


def _tied(noun: Noun[Any], tied: Any, actor: Actor, process_id: int, now: datetime) -> Select[Any]:
    model: Any = noun.policy.model
    at = func.coalesce(model.published_at, model.changed_at)
    readable = beside_read(noun.policy, noun.title_verb, actor.person_id, now)
    by_team = answer(linked(process_id)) if noun.policy is NOTICES else NO
    columns = (
        literal(noun.name).label("what"),
        model.id.label("key"),
        model.state.label("state"),
        at.label("at"),
        model.ref.label("ref"),
        case((readable, noun.shown_title), else_="").label("name"),
        model.tlp.label("tlp"),
        Organisation.name.label("home"),
        by_team.label("linked"),
    )
    return (
        visible(noun.policy, actor, now, *columns)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(tied)
        .order_by(at.desc(), model.id.desc())
        .limit(MOST)
    )


def _turns(process_id: int) -> Select[Any]:
    # Who moved it stays in the trail: the team is not shown to those who may not see the seats.
    columns = (
        case((AuditEvent.verb == OPEN_PROCESS, OPENED), else_=PHASE).label("what"),
        AuditEvent.id.label("key"),
        case(LED_TO, value=AuditEvent.verb).label("state"),
        AuditEvent.at.label("at"),
        *(NOTHING.label(name) for name in ("ref", "name", "tlp", "home")),
        NO.label("linked"),
    )
    return (
        select(*columns)
        .where(
            AuditEvent.kind == PROCESSES.name,
            AuditEvent.matter_id == process_id,
            AuditEvent.verb.in_(LED_TO),
        )
        .order_by(AuditEvent.id.desc())
        .limit(MOST)
    )
