"""The service for dialogues: prepared, seated, timed, convened, held, and read."""

from portal.dialogues.agenda import Agenda, agenda_of
from portal.dialogues.answering import Asked, answer_poll, asked
from portal.dialogues.answering_by_key import linked, shows_content
from portal.dialogues.attendance import (
    add_arrival,
    attend,
    check_in,
    conclude,
    has_adopted_record,
    hold,
    open_room,
)
from portal.dialogues.convening import Picked, convene, due_to_shift, keep_local_time
from portal.dialogues.deciding import (
    Outcome,
    call_decision,
    close_decision,
    decide,
    items_to_decide,
    not_asked,
)
from portal.dialogues.documents import DOCUMENT_AMONG, add_document, remove_document
from portal.dialogues.feeding import (
    feed_made_at,
    make_feed,
    meetings_of,
    owner_of,
    revoke_feed,
)
from portal.dialogues.following import follow_up
from portal.dialogues.incoming import Invitee, counter, invitee_of, take
from portal.dialogues.inviting import invite, keep_invitations
from portal.dialogues.linking import LINKED
from portal.dialogues.listing import (
    Filter,
    ahead,
    behind,
    listed,
    open_to_suggestions,
    without_minutes,
)
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
from portal.dialogues.planning import (
    PLAN_AMONG,
    STANDS,
    ItemText,
    edit_item,
    move_item,
    plan,
    remove_item,
    stamp_of,
)
from portal.dialogues.polling import FULL, NOBODY, poll, problems_of, propose_times
from portal.dialogues.ranking import Answering, answering, read_answers, sides_of, unfit
from portal.dialogues.readiness import AskedUnit, Readiness, asked_unit, read_readiness
from portal.dialogues.reading import Reading, read
from portal.dialogues.related import RelatedRows, related_rows
from portal.dialogues.reminding import remind, remind_to_name
from portal.dialogues.replying import Response, answer, decline_counter, proposal_of, said_by
from portal.dialogues.reschedule import Moved, moved_as_proposed, moved_of, reschedule
from portal.dialogues.seating import (
    Choosable,
    Sends,
    Table,
    names_at,
    names_people_alone,
    seat,
    table_of,
)
from portal.dialogues.selecting import SELECTED, can_be_reminded, remind_selected
from portal.dialogues.shared_items import Shared, seen_sub_resource, shares
from portal.dialogues.suggestions import (
    WISH_AMONG,
    lay_suggestion_aside,
    suggest_item,
    take_suggestion,
    withdraw_suggestion,
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
from portal.dialogues.timing import due_for_the_system, keep_up
from portal.dialogues.writing import cancel, draft_dialogue, edit, process_refs
