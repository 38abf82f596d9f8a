"""The agenda is planned: items are added, said anew, moved, marked and removed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zlib import crc32

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from models.agenda import AgendaItem, Document, ItemState, SideNote, Sight
from models.dialogues import Attendee, Dialogue
from models.records import Decision, Point
from portal.access import Actor, sub_resource
from portal.dialogues.linking import keep_links
from portal.dialogues.shared_items import OF_A_SIDE, TO_ALL, Shared, check_shared, seen_sub_resource
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import transition
from portal.parsing import whole
from portal.rules import DIALOGUES
from portal.rules.verbs import PLAN
from portal.words import N_

MOST_ITEMS: Final = 200
# What an organiser writes for one side alone they could not see again: that is for the side.
PLAN_AMONG: Final = (Sight.ALL, Sight.CAUCUS, Sight.ORGANISERS)
STANDS: Final = (ItemState.PLANNED, ItemState.DONE, ItemState.OPEN, ItemState.DROPPED)
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class ItemText:
    """What an item says, how long it takes, who leads it, who sees it, what it is about.

    `lead_id` is an attendee; `links` are references of notices and commitments.
    """

    title: str
    body: str = ""
    minutes: int = 0
    lead_id: int | None = None
    shared: Shared = TO_ALL
    state: str = ItemState.PLANNED
    links: tuple[str, ...] = ()

    def problems(self) -> dict[str, str]:
        """A message for each field that cannot be taken."""
        found = words_problems(self.title, self.body)
        if not 0 <= self.minutes <= 1440:
            found["minutes"] = N_("Give a number of minutes from 0 to 1440.")
        if self.state not in STANDS:
            found["state"] = N_("Choose from the list.")
        return found


def words_problems(title: str, body: str) -> dict[str, str]:
    """What is wrong with the title and the text of an item or a suggestion."""
    found: dict[str, str] = {}
    if not title.strip() or len(title) > 200:
        found["title"] = N_("Give it a title of at most 200 characters.")
    if len(body) > 20_000:
        found["body"] = N_("This is too long.")
    return found


def plan(session: Session, actor: Actor, ref: str, *, text: ItemText, now: datetime) -> AgendaItem:
    """Put an item at the end of the agenda. Raises Invalid with a message for each bad field."""
    with transition(session, actor, PLAN, DIALOGUES, ref, now) as dialogue:
        lines = session.scalars(_lines(dialogue, AgendaItem.id)).all()
        if len(lines) >= MOST_ITEMS:
            refuse({"title": N_("An agenda has at most 200 items.")})
        item = new_item(session, actor, dialogue, ItemState.PLANNED, now)
        _say(session, actor, dialogue, item, text, now)
    return item


def stamp_of(item: AgendaItem) -> int:
    """A number that changes with what the item says: whether somebody said it anew meanwhile."""
    said = (item.title, item.body, item.minutes, item.lead_id, item.state, item.sight, item.side_id)
    return crc32(repr(said).encode()) % 10**9


def edit_item(
    session: Session,
    actor: Actor,
    ref: str,
    number: int,
    *,
    text: ItemText,
    stamp: int,
    now: datetime,
) -> None:
    """Say anew what an item is; `stamp` is of what its writer had before their eyes.

    Raises NotFound where it is not in sight, Invalid for bad fields, TooLate for an old stamp. What
    a side asked for in confidence stays as it was shared: that is not the organisers' choice.
    """
    with transition(session, actor, PLAN, DIALOGUES, ref, now, item=number) as dialogue:
        item = seen_sub_resource(session, actor, AgendaItem, dialogue, number, now)
        _refuse_suggestion(item)
        if stamp_of(item) != stamp:
            raise TooLate(PLAN)
        wider = text.shared != Shared(item.sight, item.side_id)
        if wider and item.sight in OF_A_SIDE and not _by_an_organiser(session, item):
            refuse({"sight": N_("Its author chose who sees this. Write an item of your own.")})
        _say(session, actor, dialogue, item, text, now)


def move_item(
    session: Session, actor: Actor, ref: str, number: int, *, to: str, now: datetime
) -> int:
    """Move an item `up`, `down`, or to a place counted from 1 among those in sight; its new place.

    Items that this person does not see keep their neighbours.
    """
    with transition(session, actor, PLAN, DIALOGUES, ref, now, item=number) as dialogue:
        item = seen_sub_resource(session, actor, AgendaItem, dialogue, number, now)
        _refuse_suggestion(item)
        rows = list(session.scalars(_lines(dialogue).with_for_update()))
        sight = sub_resource(AgendaItem, actor.person_id, now)
        seen = frozenset(session.scalars(_lines(dialogue, AgendaItem.id).where(sight)))
        place = put([row.id for row in rows], seen, number, to)
        for n, key in enumerate(place, 1):
            next(row for row in rows if row.id == key).number = n
        return [key for key in place if key in seen].index(number) + 1


def put(order: list[int], seen: frozenset[int], key: int, to: str) -> list[int]:
    """The whole order with one item moved past those that its mover sees.

    Raises Invalid where `to` is neither `up` nor `down` nor a place.
    """
    shown = [one for one in order if one in seen]
    at = shown.index(key)
    aim = {UP: at - 1, DOWN: at + 1}.get(to)
    if aim is None:
        if (place := whole(to, most=9999)) is None:
            raise Invalid({"to": N_("Choose from the list.")})
        aim = place - 1
    aim = min(max(aim, 0), len(shown) - 1)
    if aim == at:
        return order
    rest = [one for one in order if one != key]
    where = rest.index(shown[aim]) + (1 if aim > at else 0)
    return [*rest[:where], key, *rest[where:]]


def remove_item(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> None:
    """Take an item off the agenda; papers and notes for it stay, for the dialogue as a whole.

    Raises TooLate where a record, a decision or a later agenda speaks of it: then it is dropped.
    """
    with transition(session, actor, PLAN, DIALOGUES, ref, now, removed=number) as dialogue:
        item = seen_sub_resource(session, actor, AgendaItem, dialogue, number, now)
        _refuse_suggestion(item)
        take_off(session, item)


def new_item(
    session: Session, actor: Actor, dialogue: Dialogue, state: ItemState, now: datetime
) -> AgendaItem:
    """A new item at the end of the agenda or of the wishes, with nothing said in it yet."""
    return AgendaItem(
        dialogue_id=dialogue.id,
        number=next_number(session, dialogue),
        state=state,
        by_id=actor.person_id,
        created_at=now,
    )


def next_number(session: Session, dialogue: Dialogue) -> int:
    """The number after the last of the agenda."""
    last = select(func.max(AgendaItem.number)).where(AgendaItem.dialogue_id == dialogue.id)
    return (session.scalar(last) or 0) + 1


def _say(
    session: Session,
    actor: Actor,
    dialogue: Dialogue,
    item: AgendaItem,
    text: ItemText,
    now: datetime,
) -> None:
    found = text.problems()
    if text.lead_id is not None and not _comes(session, dialogue, text.lead_id):
        found["lead"] = N_("Choose a participant.")
    refuse(found)
    if text.shared != Shared(item.sight, item.side_id):
        check_shared(session, actor, dialogue, text.shared, PLAN_AMONG, now)
    item.title, item.body, item.minutes = text.title.strip(), text.body.strip(), text.minutes
    item.lead_id, item.state = text.lead_id, text.state
    item.sight, item.side_id = text.shared.sight, text.shared.side_id
    session.add(item)
    session.flush()
    keep_links(session, actor, item, text.links, now)


def _comes(session: Session, dialogue: Dialogue, attendee_id: int) -> bool:
    row = exists().where(Attendee.id == attendee_id, Attendee.dialogue_id == dialogue.id)
    return bool(session.scalar(select(row)))


def _by_an_organiser(session: Session, item: AgendaItem) -> bool:
    row = exists().where(
        Attendee.dialogue_id == item.dialogue_id,
        Attendee.person_id == item.by_id,
        Attendee.organises,
    )
    return bool(session.scalar(select(row)))


def _refuse_suggestion(item: AgendaItem) -> None:
    if item.state == ItemState.SUGGESTED:
        raise TooLate(PLAN)


def _lines(dialogue: Dialogue, *columns: Any) -> Any:
    return (
        select(*(columns or (AgendaItem,)))
        .where(AgendaItem.dialogue_id == dialogue.id, AgendaItem.state != ItemState.SUGGESTED)
        .order_by(AgendaItem.number, AgendaItem.id)
    )


def take_off(session: Session, item: AgendaItem) -> None:
    """Delete an item; TooLate where a record, a decision or a later agenda speaks of it."""
    spoken = or_(
        exists().where(Point.item_id == item.id),
        exists().where(Decision.item_id == item.id),
        exists().where(AgendaItem.from_id == item.id),
    )
    if session.scalar(select(spoken)):
        raise TooLate(PLAN)
    # Without a look at them: whether a side has notes on it is not the organisers' to learn.
    for model in (Document, SideNote):
        session.execute(update(model).where(model.item_id == item.id).values(item_id=None))
    session.execute(delete(AgendaItem).where(AgendaItem.id == item.id))
