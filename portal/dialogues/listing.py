"""The dialogues that a person knows of: those ahead by their time, those behind newest first."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, case, func, literal, or_, select, union
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from models.stakeholders import Membership, Organisation
from portal.access import Actor, Key, beside_read, readable
from portal.paging import NewestFirst, Page
from portal.parameters import ME, NOW, ready
from portal.rules import READ_TEXT
from portal.rules.dialogues import DIALOGUES

AHEAD: Final = (DialogueState.DRAFT, DialogueState.POLLING, DialogueState.CONVENED)


def ahead(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """What is still to come, by its time; what has no time yet comes last. At most 100."""
    return list(session.execute(AHEAD_ROWS, {ME.key: actor.person_id, NOW.key: now}))


def behind(session: Session, actor: Actor, now: datetime, after: str = "") -> Page:
    """What is over, newest first, page by page; `after` is the mark of a page before."""
    return BEHIND_ROWS.page(session, {ME.key: actor.person_id, NOW.key: now}, after)


def _rows() -> Select[*tuple[Any, ...]]:
    columns = (
        Dialogue.id,
        Dialogue.ref,
        Dialogue.title,
        Dialogue.state,
        Dialogue.tlp,
        Dialogue.rule,
        Dialogue.starts_at,
        Dialogue.ends_at,
        Dialogue.poll_until_at,
        Dialogue.zone,
        Dialogue.changed_at,
        Organisation.name.label("body"),
        func.coalesce(Attendee.answer, literal("")).label("answer"),
    )
    return (
        readable(DIALOGUES, *columns)
        .join(Organisation, Organisation.id == Dialogue.organisation_id)
        .outerjoin(
            Attendee,
            and_(Attendee.dialogue_id == Dialogue.id, Attendee.person_id == ME),
        )
        .where(
            Dialogue.id.in_(could_know(ME)),
            beside_read(DIALOGUES, READ_TEXT, ME, NOW),
        )
    )


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    homes = select(Membership.organisation_id).where(Membership.person_id == who)
    return union(
        select(Attendee.dialogue_id).where(Attendee.person_id == who),
        select(Delegation.dialogue_id).where(
            or_(Delegation.organisation_id.in_(homes), Delegation.contact_id == who)
        ),
        select(Dialogue.id).where(
            Dialogue.tlp.in_(("GREEN", "CLEAR")), Dialogue.published_at.is_not(None)
        ),
    )


def _ahead() -> Select[*tuple[Any, ...]]:
    soon = case((Dialogue.starts_at.is_(None), 1), else_=0)
    return (
        _rows()
        .where(Dialogue.state.in_(AHEAD))
        .order_by(soon, Dialogue.starts_at, Dialogue.changed_at.desc(), Dialogue.id)
        .limit(100)
    )


AHEAD_ROWS: Final = ready(_ahead())
BEHIND_ROWS: Final = NewestFirst(
    _rows().where(Dialogue.state.not_in(AHEAD)), Dialogue.changed_at, Dialogue.id
)
