"""The dialogues and records that wait for a person: times, an answer, names, a record to read."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, case, exists, literal, or_, select, union_all

from models.base import Moment
from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from models.records import Action, Record, RecordState
from models.stakeholders import Organisation
from portal.access import Actor, clause, visible
from portal.db import alias, in_state
from portal.relations import asked_by_poll, awaited_by_poll
from portal.rules import DIALOGUES, RECORDS, Kind
from portal.rules.verbs import ANSWER, ANSWER_POLL, CONFIRM, DRAFT_RECORD, NAME, OBJECT, TAKE_UP

LOOKED: Final = 50  # of each thing that could wait, before the law is asked: five pages of ten
NO_TIME: Final = literal(None, Moment())
OF_DAYS: Final = alias(Dialogue, "of_days")
OF_DIALOGUES: Final = (ANSWER_POLL, ANSWER, NAME, DRAFT_RECORD)
OF_RECORDS: Final = (OBJECT, CONFIRM, TAKE_UP)


def talked(actor: Actor, mine: list[int], now: datetime) -> tuple[Any, Any]:
    """What of dialogues and of records waits for the person, whose organisations are `mine`.

    kind, verb, ref, tlp, title, organisation (who convenes), by_at, since_at: a question for each
    noun. Of each thing that could wait the law is asked whether it is this person's to do.
    """
    me = actor.person_id
    dialogues = (_polls(me, mine, now), _invitations(me), _unnamed(me, mine), _unrecorded(me))
    records = (_circulated(me), _unconfirmed(me), _actions(mine))
    return (
        _hers(DIALOGUES, OF_DIALOGUES, dialogues, actor, now),
        _hers(RECORDS, OF_RECORDS, records, actor, now),
    )


def _hers(
    kind: Kind[Any], verbs: tuple[str, ...], arms: tuple[Any, ...], actor: Actor, now: datetime
) -> Any:
    could = union_all(*(_first(arm) for arm in arms)).subquery()
    model, me = kind.model, actor.person_id
    hers = (and_(could.c.verb == verb, clause(kind, verb, me, now)) for verb in verbs)
    # An invitation has the instant at which it begins; all else that has a time is due on a day.
    zone = select(OF_DAYS.zone).where(OF_DAYS.id == _dialogue_of(kind)).scalar_subquery()
    day_zone = case((could.c.verb.in_((ANSWER, NAME)), literal("")), else_=zone)
    columns = (
        literal(kind.name).label("kind"),
        could.c.verb,
        model.ref,
        model.tlp,
        model.title,
        Organisation.name.label("organisation"),
        could.c.by_at,
        could.c.since_at,
        day_zone.label("day_zone"),
        literal("").label("tie"),
    )
    return (
        visible(kind, actor, now, *columns)
        .join(could, could.c.id == model.id)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(or_(*hers))
        .order_by(could.c.by_at.is_(None), could.c.by_at, could.c.since_at, model.id)
    )


def _dialogue_of(kind: Kind[Any]) -> Any:
    return kind.model.id if kind is DIALOGUES else kind.model.dialogue_id


def _first(arm: Any) -> Any:
    nearest = arm.order_by("by_at", "since_at", "id").limit(LOOKED).subquery()
    return select(*nearest.c)


def _could(key: Any, verb: str, by_at: Any = NO_TIME, since_at: Any = NO_TIME) -> Any:
    return select(
        key.label("id"),
        literal(verb).label("verb"),
        by_at.label("by_at"),
        since_at.label("since_at"),
    )


def _of_mine(me: int, mine: list[int]) -> Any:
    return or_(Delegation.organisation_id.in_(mine), Delegation.contact_id == me)


def _polls(me: int, mine: list[int], now: datetime) -> Any:
    return (
        _could(Dialogue.id, ANSWER_POLL, Dialogue.poll_until_at)
        .join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.POLLING),
            _of_mine(me, mine),
            asked_by_poll.clause(Delegation, me, now),
            awaited_by_poll.clause(Delegation, me, now),
        )
        .distinct()
    )


def _invitations(me: int) -> Any:
    return (
        _could(Dialogue.id, ANSWER, Dialogue.starts_at)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.CONVENED),
            Attendee.person_id == me,
            Attendee.answer == "",
            Attendee.invited_at.is_not(None),
        )
    )


def _unnamed(me: int, mine: list[int]) -> Any:
    named = exists().where(Attendee.delegation_id == Delegation.id)
    return (
        _could(Dialogue.id, NAME, Dialogue.starts_at)
        .join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.CONVENED),
            _of_mine(me, mine),
            ~named.correlate(Delegation),
        )
        .distinct()
    )


def _unrecorded(me: int) -> Any:
    sent_round = exists().where(
        Record.dialogue_id == Dialogue.id,
        Record.source_id.is_(None),
        Record.published_at.is_not(None),
    )
    return (
        _could(Dialogue.id, DRAFT_RECORD, since_at=Dialogue.ends_at)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.HELD),
            Attendee.person_id == me,
            Attendee.organises,
            ~sent_round.correlate(Dialogue),
        )
    )


def _circulated(me: int) -> Any:
    return (
        _could(Record.id, OBJECT, Record.silence_until_at)
        .join(Attendee, Attendee.dialogue_id == Record.dialogue_id)
        .where(
            in_state(Record, RecordState.CIRCULATED),
            Attendee.person_id == me,
            Attendee.came,
        )
    )


def _unconfirmed(me: int) -> Any:
    return (
        _could(Record.id, CONFIRM, since_at=Record.changed_at)
        .join(Attendee, Attendee.dialogue_id == Record.dialogue_id)
        .where(
            in_state(Record, RecordState.DRAFT),
            Record.source_id.is_not(None),
            Record.author_id != me,
            Attendee.person_id == me,
        )
    )


def _actions(mine: list[int]) -> Any:
    return (
        _could(Record.id, TAKE_UP, Action.due_at)
        .join(Action, Action.record_id == Record.id)
        .where(
            in_state(Record, RecordState.ADOPTED),
            Action.organisation_id.in_(mine),
            Action.commitment_id.is_(None),
        )
    )
