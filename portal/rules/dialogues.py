"""The policy on dialogues and their parts: who sits at the table, and whose side sees what."""

from typing import Final

from models.agenda import AgendaItem, Document, SideNote
from models.dialogues import Delegation, Dialogue, DialogueState
from models.vocabulary import Tlp
from portal.relations import (
    Relation,
    active,
    answers_open,
    anyone,
    asks_readiness,
    attendee,
    awaits_names,
    begun,
    bidden,
    by_person,
    closed_dialogue,
    convened,
    delegate,
    in_sight,
    keeps_to_the_wall,
    marked,
    may_act_for_delegation,
    names_awaited,
    names_reminded,
    of_chatham_house,
    of_closed_dialogue,
    of_delegation,
    organiser,
    own_delegation,
    poll_awaited,
    poll_reminded,
    published,
    seeks_a_date,
    system,
    under_chatham_house,
    untrained_for_red,
    untrained_for_seat,
)
from portal.rules.following import may_be_followed
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    ADD_DOCUMENT,
    ANSWER,
    ANSWER_POLL,
    ATTEND,
    CALL_DECISION,
    CANCEL,
    CHECK_IN,
    CLOSE_DECISION,
    CONCLUDE,
    CONVENE,
    COUNTER,
    DECIDE,
    DECLINE_COUNTER,
    DRAFT_RECORD,
    EDIT,
    EXPORT,
    FOLLOW_UP,
    HOLD,
    KEEP_LOCAL_TIME,
    NAME,
    PLAN,
    POLL,
    PROPOSE_TIMES,
    PUBLISH_RED,
    READ,
    READ_ANSWERS,
    READ_LEDGER,
    READ_READINESS,
    READ_TABLE,
    READ_TEXT,
    RECEIVE_REPLY,
    REMIND,
    REMIND_TO_NAME,
    RESCHEDULE,
    SEAT,
    SUGGEST_ITEM,
    TAKE_SEAT,
    UNINVITE,
    WRITE_NOTE,
)

DRAFT, POLLING, CONVENED, HELD, CONCLUDED, CANCELLED = DialogueState
AHEAD: Final = (DRAFT, POLLING, CONVENED)
TALKED: Final = (POLLING, CONVENED, HELD, CONCLUDED)
MET: Final = (CONVENED, HELD)

table = organiser | attendee | may_act_for_delegation
# Whom the rule of confidentiality lets read: RED the table alone, else their organisations too.
dialogue_readers = table | of_delegation | (marked(Tlp.CLEAR, Tlp.GREEN) & anyone)
may_answer_poll = may_act_for_delegation | (by_person & delegate)

# What goes into a calendar goes only to whoever is expected now; whoever lost the seat, and may
# read nothing any more, is told that alone, where an e-mail had asked them to come.
expected = active & convened & (attendee | organiser)
# What asks for an answer to the poll goes while that answer is awaited: its link answers it.
asked_for_times = active & seeks_a_date & poll_awaited
DIALOGUE_EMAILS: Final = {
    (POLL, "dialogues"): asked_for_times,
    (PROPOSE_TIMES, "dialogues"): asked_for_times,
    (REMIND, "dialogues"): asked_for_times,
    # It asks to name participants: of whoever may by then, of what still takes place.
    (CONVENE, "dialogues"): active & convened & may_act_for_delegation,
    # Whoever has named somebody meanwhile has nothing to be reminded of.
    (REMIND_TO_NAME, "dialogues"): active & convened & names_awaited,
    ("invitation", "dialogues"): expected,
    (RESCHEDULE, "dialogues"): expected,
    (EDIT, "dialogues"): expected,
    (UNINVITE, "dialogues"): active & bidden & ~attendee & ~organiser,
    (DECLINE_COUNTER, "dialogues"): expected,
    # What became of a reply by e-mail, to whoever has or had an address for replies.
    (RECEIVE_REPLY, "dialogues"): active & (bidden | attendee | organiser),
}

# E-mails whose link answers the poll, bound to the person and good until responses are due.
DIALOGUE_KEYED: Final = frozenset(
    (template, "dialogues") for template in (POLL, PROPOSE_TIMES, REMIND, f"{ANSWER_POLL}-soon")
)

DIALOGUES: Final = ResourceType(
    "dialogues",
    Dialogue,
    "D",
    at(*DialogueState),
    (
        Rule(READ, at(DRAFT), organiser),
        Rule(READ, at(*TALKED), dialogue_readers),
        Rule(READ, at(CANCELLED), organiser | (published & dialogue_readers)),
        Rule(READ, at(CONVENED), system & keeps_to_the_wall),
        Rule(READ_TEXT, at(DRAFT), organiser),
        Rule(READ_TEXT, at(*TALKED), dialogue_readers),
        Rule(READ_TEXT, at(CANCELLED), organiser | (published & dialogue_readers)),
        # Who comes, where, and by which link: for those at the table, whatever the rule.
        Rule(READ_TABLE, at(*DialogueState), table),
        Rule(READ_LEDGER, at(*DialogueState), organiser),
        *may_be_followed(DialogueState),
        Rule(EXPORT, at(*DialogueState), table),
        Rule(EDIT, at(*AHEAD), organiser),
        Rule(SEAT, at(*AHEAD), organiser),
        Rule(POLL, at(DRAFT), organiser, then=POLLING, notify=may_answer_poll),
        # Whoever has yet to answer one of them is asked, also who had answered all there were.
        Rule(PROPOSE_TIMES, at(POLLING), organiser, notify=poll_awaited),
        Rule(ANSWER_POLL, at(POLLING), may_answer_poll),
        Rule(READ_ANSWERS, at(DRAFT, *TALKED, CANCELLED), organiser),
        Rule(READ_ANSWERS, at(*TALKED), answers_open & table),
        # Of readiness they see how many, and only where the dialogue asks for it.
        Rule(READ_READINESS, at(POLLING, CONVENED, HELD), organiser & asks_readiness),
        Rule(REMIND, at(POLLING), organiser, notify=poll_reminded),
        Rule(CONVENE, at(DRAFT, POLLING), organiser, then=CONVENED, notify=may_act_for_delegation),
        # Asked beside both, where it is TLP:RED.
        Rule(PUBLISH_RED, at(DRAFT, POLLING), organiser & ~untrained_for_red),
        Rule(NAME, at(POLLING, CONVENED), may_act_for_delegation),
        Rule(REMIND_TO_NAME, at(CONVENED), organiser & awaits_names, notify=names_reminded),
        Rule(ANSWER, at(CONVENED), attendee | organiser),
        # Asked beside answering, of whoever says that they come.
        Rule(TAKE_SEAT, at(CONVENED), (attendee | organiser) & ~untrained_for_seat),
        Rule(RESCHEDULE, at(CONVENED), organiser),
        # Another time is proposed by the reply of a calendar.
        Rule(COUNTER, at(CONVENED), attendee | organiser, notify=organiser),
        Rule(DECLINE_COUNTER, at(CONVENED), organiser),
        Rule(KEEP_LOCAL_TIME, at(CONVENED), system & keeps_to_the_wall),
        Rule(CANCEL, at(*AHEAD), organiser, then=CANCELLED, notify=published & table),
        Rule(PLAN, at(*AHEAD, HELD), organiser),
        Rule(SUGGEST_ITEM, at(POLLING, CONVENED), table),
        Rule(ADD_DOCUMENT, at(DRAFT), organiser),
        Rule(ADD_DOCUMENT, at(POLLING, CONVENED, HELD), table),
        Rule(WRITE_NOTE, at(DRAFT), organiser),
        # Whoever comes alone has nobody to share a note with.
        Rule(WRITE_NOTE, at(*TALKED), organiser | delegate | may_act_for_delegation),
        Rule(CHECK_IN, at(*MET), attendee | organiser),
        Rule(ATTEND, at(*MET), organiser),
        Rule(HOLD, at(CONVENED), organiser & begun, then=HELD),
        Rule(CALL_DECISION, at(*MET), organiser, notify=may_act_for_delegation),
        Rule(DECIDE, at(*MET), delegate | may_act_for_delegation),
        Rule(CLOSE_DECISION, at(*MET), organiser),
        Rule(DRAFT_RECORD, at(HELD), organiser),
        Rule(CONCLUDE, at(HELD), organiser, then=CONCLUDED),
        Rule(FOLLOW_UP, at(CONVENED, HELD, CONCLUDED), organiser),
    ),
)

# Parts of a dialogue are read by those who read the dialogue, and see the part; of a delegation
# it says whether it is one's own.
DIALOGUE_SUB_RESOURCES: Final[dict[type, Relation]] = {
    AgendaItem: in_sight,
    SideNote: in_sight,
    Document: in_sight,
    Delegation: own_delegation,
}
# Of these kinds the steward sees no envelope in the trail where this holds.
SHUT: Final = {"dialogues": closed_dialogue, "records": of_closed_dialogue}
# Of these the steward sees that something happened, and not who did it.
UNNAMED: Final = {"dialogues": under_chatham_house, "records": of_chatham_house}
