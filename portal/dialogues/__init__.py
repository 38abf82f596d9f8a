"""The desk for dialogues: prepared, seated, timed, convened, held, and read."""

from portal.dialogues.agenda import Agenda, agenda_of
from portal.dialogues.answering import Asked, answer_poll, asked
from portal.dialogues.convening import Picked, convene, due_to_shift, keep_to_wall
from portal.dialogues.deciding import (
    Outcome,
    close_decision,
    decide,
    items_to_decide,
    not_asked,
    put,
)
from portal.dialogues.feeding import calendar_of, feed_made_at, make_feed, revoke_feed
from portal.dialogues.following import follow_up
from portal.dialogues.holding import (
    add_arrival,
    attend,
    check_in,
    conclude,
    has_adopted_record,
    hold,
    open_room,
)
from portal.dialogues.incoming import Invitee, invitee_of, take
from portal.dialogues.inviting import invite
from portal.dialogues.listing import Page, ahead, behind
from portal.dialogues.moving import Moved, move, moved_as_proposed, moved_of
from portal.dialogues.naming import (
    NAMED_AS,
    Member,
    Side,
    members_to_name,
    name,
    sides_to_name,
    stamp_of_names,
)
from portal.dialogues.notes import NOTE_AMONG, remove_note, write_note
from portal.dialogues.papers import PAPER_AMONG, add_paper, remove_paper
from portal.dialogues.parts import Shared, seen_part, shares
from portal.dialogues.planning import (
    PLAN_AMONG,
    STANDS,
    ItemText,
    add_item,
    edit_item,
    move_item,
    remove_item,
    stamp_of,
)
from portal.dialogues.polling import nudge, offer, poll
from portal.dialogues.ranking import Answering, answering, read_answers, unfit
from portal.dialogues.reading import Reading, read
from portal.dialogues.related import RelatedRows, related_rows
from portal.dialogues.replying import Response, answer, decline_counter, proposal_of, said_by
from portal.dialogues.seating import (
    Sends,
    Table,
    names_at,
    names_people_alone,
    seat,
    table_of,
)
from portal.dialogues.text import (
    FORMAT_LABEL,
    MARKINGS,
    RULE_MEANING,
    DialogueText,
    text_of,
    usual_marking,
)
from portal.dialogues.times import MOST_SLOTS, Times, line_of, slots_of
from portal.dialogues.wishes import (
    WISH_AMONG,
    add_wish,
    lay_wish_aside,
    take_wish,
    withdraw_wish,
)
from portal.dialogues.writing import cancel, draft, edit, process_refs

__all__ = [
    "FORMAT_LABEL",
    "MARKINGS",
    "MOST_SLOTS",
    "NAMED_AS",
    "NOTE_AMONG",
    "PAPER_AMONG",
    "PLAN_AMONG",
    "RULE_MEANING",
    "STANDS",
    "WISH_AMONG",
    "Agenda",
    "Answering",
    "Asked",
    "DialogueText",
    "Invitee",
    "ItemText",
    "Member",
    "Moved",
    "Outcome",
    "Page",
    "Picked",
    "Reading",
    "RelatedRows",
    "Response",
    "Sends",
    "Shared",
    "Side",
    "Table",
    "Times",
    "add_arrival",
    "add_item",
    "add_paper",
    "add_wish",
    "agenda_of",
    "ahead",
    "answer",
    "answer_poll",
    "answering",
    "asked",
    "attend",
    "behind",
    "calendar_of",
    "cancel",
    "check_in",
    "close_decision",
    "conclude",
    "convene",
    "decide",
    "decline_counter",
    "draft",
    "due_to_shift",
    "edit",
    "edit_item",
    "feed_made_at",
    "follow_up",
    "has_adopted_record",
    "hold",
    "invite",
    "invitee_of",
    "items_to_decide",
    "keep_to_wall",
    "lay_wish_aside",
    "line_of",
    "make_feed",
    "members_to_name",
    "move",
    "move_item",
    "moved_as_proposed",
    "moved_of",
    "name",
    "names_at",
    "names_people_alone",
    "not_asked",
    "nudge",
    "offer",
    "open_room",
    "poll",
    "process_refs",
    "proposal_of",
    "put",
    "read",
    "read_answers",
    "related_rows",
    "remove_item",
    "remove_note",
    "remove_paper",
    "revoke_feed",
    "said_by",
    "seat",
    "seen_part",
    "shares",
    "sides_to_name",
    "slots_of",
    "stamp_of",
    "stamp_of_names",
    "table_of",
    "take",
    "take_wish",
    "text_of",
    "unfit",
    "usual_marking",
    "withdraw_wish",
    "write_note",
]
