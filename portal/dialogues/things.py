"""What hangs on a dialogue, by word, brought by one query that has the same columns for all.

item, link, paper, note, record, decision: each as far as the reader sees it. delegation, attendee:
for those at the table. slot: a time offered while the poll runs.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, String, case, cast, func, literal, select
from sqlalchemy import union_all as all_of
from sqlalchemy.orm import Session, aliased

from models.agenda import AgendaItem, AgendaLink, Paper, SideNote
from models.base import Moment
from models.commitments import Commitment
from models.dialogues import Attendee, Delegation, Dialogue, Slot
from models.records import Ballot, Decision, Record
from models.stakeholders import Organisation, Person
from portal.access import Actor, clause, part
from portal.rules import COMMITMENTS, NOTICES, READ, READ_TEXT, RECORDS, Kind

MOST = 1000
NOTHING = literal("")
COLUMNS = (
    ("key", literal(0)),
    ("place", literal(0)),
    ("of", literal(0)),
    ("at", literal(None, Moment())),
    ("until", literal(None, Moment())),
    ("text", NOTHING),
    ("kind", NOTHING),
    ("who", NOTHING),
    ("person", NOTHING),
    ("ref", NOTHING),
    ("more", NOTHING),
    ("link", NOTHING),
    ("size", literal(0)),
    ("tlp", NOTHING),
)
SIDE, OF_SIDE = aliased(Delegation, name="side"), aliased(Organisation, name="of_side")
LEAD, LEADER = aliased(Attendee, name="lead"), aliased(Person, name="leader")


def things_of(
    session: Session, actor: Actor, dialogue: Dialogue, at_table: bool, now: datetime
) -> dict[str, list[Any]]:
    """All that hangs on the dialogue, by word; `at_table` adds who sits there.

    Of rows: `key`; `place` in their order; `of` the item (of links, papers, notes, decisions) or
    the delegation (of attendees) they belong to; `flag` and `mine` as each part says.
    """
    key, who = dialogue.id, actor.person_id
    parts = [_items(key, who, now), _papers(key, who, now), _notes(key, who, now)]
    parts += [_links(key, who, now, kind) for kind in (NOTICES, COMMITMENTS)]
    parts += [_records(key, who, now), _slots(key)]
    if at_table:
        parts += [_delegations(key, who, now), _attendees(key, who), _decisions(key)]
    every = all_of(*(select(*one.limit(MOST).subquery().c) for one in parts))
    things: dict[str, list[Any]] = {}
    for row in session.execute(every.order_by("what", "place", "key")):
        things.setdefault(row.what, []).append(row)
    return things


def _yes(flag: Any) -> Any:
    said = literal(False, Boolean()) if flag is None else case((flag, literal(True, Boolean())))
    return func.coalesce(said, literal(False, Boolean()))


def _part(what: str, flag: Any = None, mine: Any = None, **values: Any) -> Any:
    columns = (values.get(name, nothing).label(name) for name, nothing in COLUMNS)
    flags = (_yes(flag).label("flag"), _yes(mine).label("mine"))
    return select(literal(what).label("what"), *columns, *flags)


def _items(key: int, who: int, now: datetime) -> Any:
    # kind: state; ref: sight; who: whose side; person: who leads; size: minutes; mine: added by me.
    return (
        _part(
            "item",
            mine=AgendaItem.by_id == who,
            key=AgendaItem.id,
            place=AgendaItem.number,
            text=AgendaItem.title,
            more=AgendaItem.body,
            kind=AgendaItem.state,
            ref=AgendaItem.sight,
            size=AgendaItem.minutes,
            who=func.coalesce(OF_SIDE.name, ""),
            person=func.coalesce(LEADER.name, ""),
            of=func.coalesce(AgendaItem.lead_id, 0),
        )
        .select_from(AgendaItem)
        .outerjoin(SIDE, SIDE.id == AgendaItem.side_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .outerjoin(LEAD, LEAD.id == AgendaItem.lead_id)
        .outerjoin(LEADER, LEADER.id == LEAD.person_id)
        .where(AgendaItem.dialogue_id == key, part(AgendaItem, who, now))
    )


def _seen_of_side(
    what: str, model: Any, words: Any, at: Any, key: int, who: int, now: datetime
) -> Any:
    return (
        _part(
            what,
            mine=model.by_id == who,
            key=model.id,
            of=func.coalesce(model.item_id, 0),
            at=at,
            text=words,
            ref=model.sight,
            who=func.coalesce(OF_SIDE.name, ""),
            person=Person.name,
            link=getattr(model, "link", NOTHING),
        )
        .select_from(model)
        .join(Person, Person.id == model.by_id)
        .outerjoin(SIDE, SIDE.id == model.side_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .where(model.dialogue_id == key, part(model, who, now))
    )


def _papers(key: int, who: int, now: datetime) -> Any:
    return _seen_of_side("paper", Paper, Paper.title, Paper.added_at, key, who, now)


def _notes(key: int, who: int, now: datetime) -> Any:
    return _seen_of_side("note", SideNote, SideNote.text, SideNote.at, key, who, now)


def _links(key: int, who: int, now: datetime, kind: Kind) -> Any:
    # A link to what this reader may not see is not there for her; nor is one of a hidden item.
    model, column = kind.model, AgendaLink.notice_id
    if model is Commitment:
        column = AgendaLink.commitment_id
    title = case((clause(kind, READ_TEXT, who, now), model.title), else_="")
    return (
        _part(
            "link",
            key=AgendaLink.id,
            of=AgendaLink.item_id,
            ref=model.ref,
            text=title,
            tlp=model.tlp,
            kind=literal(kind.name),
            more=model.state,
        )
        .select_from(AgendaLink)
        .join(AgendaItem, AgendaItem.id == AgendaLink.item_id)
        .join(model, model.id == column)
        .where(
            AgendaItem.dialogue_id == key,
            part(AgendaItem, who, now),
            clause(kind, READ, who, now),
        )
    )


def _records(key: int, who: int, now: datetime) -> Any:
    # more: "redacted" where it is a version for others.
    return _part(
        "record",
        Record.source_id.is_not(None),
        key=Record.id,
        ref=Record.ref,
        text=Record.title,
        kind=Record.state,
        until=Record.silence_until_at,
        tlp=Record.tlp,
    ).where(Record.dialogue_id == key, clause(RECORDS, READ, who, now))


def _slots(key: int) -> Any:
    return _part("slot", Slot.wall.is_not(None), key=Slot.id, at=Slot.starts_at).where(
        Slot.dialogue_id == key
    )


def _delegations(key: int, who: int, now: datetime) -> Any:
    # flag: required; mine: the reader comes for it or answers for it; size: its seats.
    contact = aliased(Person, name="contact")
    return (
        _part(
            "delegation",
            Delegation.required,
            part(Delegation, who, now),
            key=Delegation.id,
            text=Organisation.name,
            ref=Organisation.ref,
            more=Organisation.zone,
            size=Delegation.seats,
            person=func.coalesce(contact.name, ""),
            at=Delegation.nudged_at,
        )
        .select_from(Delegation)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .outerjoin(contact, contact.id == Delegation.contact_id)
        .where(Delegation.dialogue_id == key)
    )


def _attendees(key: int, who: int) -> Any:
    # flag: came; mine: it is the reader; kind: role; more: answer; link: "organises" or nothing.
    return (
        _part(
            "attendee",
            Attendee.came,
            Attendee.person_id == who,
            key=Attendee.id,
            place=case((Attendee.organises, 0), else_=1),
            of=func.coalesce(Attendee.delegation_id, 0),
            size=Attendee.person_id,
            text=Person.name,
            ref=Person.ref,
            who=func.coalesce(OF_SIDE.name, ""),
            kind=Attendee.role,
            more=Attendee.answer,
            at=Attendee.answered_at,
            until=Attendee.invited_at,
            link=case((Attendee.organises, "organises"), else_=""),
            tlp=case((Attendee.came.is_(False), "stayed-away"), else_=""),
        )
        .select_from(Attendee)
        .join(Person, Person.id == Attendee.person_id)
        .outerjoin(SIDE, SIDE.id == Attendee.delegation_id)
        .outerjoin(OF_SIDE, OF_SIDE.id == SIDE.organisation_id)
        .where(Attendee.dialogue_id == key)
    )


def _decisions(key: int) -> Any:
    # kind: open, carried or not-carried; size: how many delegations have answered; flag: hidden.
    answered = (
        select(func.count())
        .where(Ballot.decision_id == Decision.id)
        .correlate(Decision)
        .scalar_subquery()
    )
    stands = case(
        (Decision.closed_at.is_(None), "open"),
        (Decision.carried.is_(True), "carried"),
        else_="not-carried",
    )
    return _part(
        "decision",
        Decision.hidden,
        key=Decision.id,
        of=func.coalesce(Decision.item_id, 0),
        at=Decision.put_at,
        until=Decision.closed_at,
        text=Decision.text,
        more=Decision.outcome,
        kind=stands,
        size=answered,
        link=func.coalesce(cast(Decision.review_on, String), ""),
    ).where(Decision.dialogue_id == key)
