"""The law on dialogues and their parts: who sits at the table, and whose side sees what."""

from typing import Final

from models.agenda import AgendaItem, Paper, SideNote
from models.dialogues import Delegation, Dialogue, DialogueState
from models.vocabulary import Tlp
from portal.relations import (
    Relation,
    active,
    answers_open,
    anyone,
    attendee,
    begun,
    behind_closed_doors,
    bidden,
    by_person,
    convened,
    delegate,
    delegation_hand,
    house,
    in_sight,
    keeps_to_the_wall,
    marked,
    of_chatham_house,
    of_closed_doors,
    of_delegation,
    organiser,
    own_delegation,
    poll_nudged,
    published,
    under_chatham_house,
)
from portal.rules.sentence import Kind, Rule, at
from portal.rules.verbs import (
    ADD_PAPER,
    ANSWER,
    ANSWER_POLL,
    ATTEND,
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
    KEEP_TO_WALL,
    MOVE,
    NAME,
    NUDGE,
    OFFER,
    PLAN,
    POLL,
    PUT,
    READ,
    READ_ANSWERS,
    READ_LEDGER,
    READ_TABLE,
    READ_TEXT,
    RECEIVE_REPLY,
    SEAT,
    UNINVITE,
    WISH,
    WRITE_NOTE,
)

DRAFT, POLLING, CONVENED, HELD, CONCLUDED, CANCELLED = DialogueState
AHEAD: Final = (DRAFT, POLLING, CONVENED)
TALKED: Final = (POLLING, CONVENED, HELD, CONCLUDED)
MET: Final = (CONVENED, HELD)

table = organiser | attendee | delegation_hand
# Whom the rule of confidentiality lets read: RED the table alone, else their organisations too.
dialogue_readers = table | of_delegation | (marked(Tlp.CLEAR, Tlp.GREEN) & anyone)
poll_hand = delegation_hand | (by_person & delegate)

# What goes into a calendar goes only to whoever is expected now; whoever lost her seat, and may
# read nothing any more, is told that alone, where a letter had bidden her come.
expected = active & convened & (attendee | organiser)
DIALOGUE_LETTERS: Final = {
    ("invitation", "dialogues"): expected,
    (MOVE, "dialogues"): expected,
    (UNINVITE, "dialogues"): active & bidden & ~attendee & ~organiser,
    (DECLINE_COUNTER, "dialogues"): expected,
    # What became of a reply by e-mail, to whoever has or had an address for replies.
    (RECEIVE_REPLY, "dialogues"): active & (bidden | attendee | organiser),
}

DIALOGUES: Final = Kind(
    "dialogues",
    Dialogue,
    "D",
    at(*DialogueState),
    (
        Rule(READ, at(DRAFT), organiser),
        Rule(READ, at(*TALKED), dialogue_readers),
        Rule(READ, at(CANCELLED), organiser | (published & dialogue_readers)),
        Rule(READ, at(CONVENED), house & keeps_to_the_wall),
        Rule(READ_TEXT, at(DRAFT), organiser),
        Rule(READ_TEXT, at(*TALKED), dialogue_readers),
        Rule(READ_TEXT, at(CANCELLED), organiser | (published & dialogue_readers)),
        # Who comes, where, and by which link: for those at the table, whatever the rule.
        Rule(READ_TABLE, at(*DialogueState), table),
        Rule(READ_LEDGER, at(*DialogueState), organiser),
        Rule(EXPORT, at(*DialogueState), table),
        Rule(EDIT, at(*AHEAD), organiser),
        Rule(SEAT, at(*AHEAD), organiser),
        Rule(POLL, at(DRAFT), organiser, then=POLLING, tell=poll_hand),
        Rule(OFFER, at(POLLING), organiser),
        Rule(ANSWER_POLL, at(POLLING), poll_hand),
        Rule(READ_ANSWERS, at(DRAFT, *TALKED, CANCELLED), organiser),
        Rule(READ_ANSWERS, at(*TALKED), answers_open & table),
        Rule(NUDGE, at(POLLING), organiser, tell=poll_nudged),
        Rule(CONVENE, at(DRAFT, POLLING), organiser, then=CONVENED, tell=delegation_hand),
        Rule(NAME, at(POLLING, CONVENED), delegation_hand),
        Rule(ANSWER, at(CONVENED), attendee | organiser),
        Rule(MOVE, at(CONVENED), organiser),
        # Another time is proposed by the reply of a calendar.
        Rule(COUNTER, at(CONVENED), attendee | organiser, tell=organiser),
        Rule(DECLINE_COUNTER, at(CONVENED), organiser),
        Rule(KEEP_TO_WALL, at(CONVENED), house & keeps_to_the_wall),
        Rule(CANCEL, at(*AHEAD), organiser, then=CANCELLED, tell=published & table),
        Rule(PLAN, at(*AHEAD, HELD), organiser),
        Rule(WISH, at(POLLING, CONVENED), table),
        Rule(ADD_PAPER, at(DRAFT), organiser),
        Rule(ADD_PAPER, at(POLLING, CONVENED, HELD), table),
        Rule(WRITE_NOTE, at(DRAFT), organiser),
        # Whoever comes alone has nobody to share a note with.
        Rule(WRITE_NOTE, at(*TALKED), organiser | delegate | delegation_hand),
        Rule(CHECK_IN, at(*MET), attendee | organiser),
        Rule(ATTEND, at(*MET), organiser),
        Rule(HOLD, at(CONVENED), organiser & begun, then=HELD),
        Rule(PUT, at(*MET), organiser, tell=delegation_hand),
        Rule(DECIDE, at(*MET), delegate | delegation_hand),
        Rule(CLOSE_DECISION, at(*MET), organiser),
        Rule(DRAFT_RECORD, at(HELD), organiser),
        Rule(CONCLUDE, at(HELD), organiser, then=CONCLUDED),
        Rule(FOLLOW_UP, at(CONVENED, HELD, CONCLUDED), organiser),
    ),
)

# Parts of a dialogue are read by those who read the dialogue, and see the part; of a delegation
# it says whether it is one's own.
DIALOGUE_PARTS: Final[dict[type, Relation]] = {
    AgendaItem: in_sight,
    SideNote: in_sight,
    Paper: in_sight,
    Delegation: own_delegation,
}
# Of these kinds the steward sees no envelope in the trail where this holds.
SHUT: Final = {"dialogues": behind_closed_doors, "records": of_closed_doors}
# Of these the steward sees that something happened, and not who did it.
UNNAMED: Final = {"dialogues": under_chatham_house, "records": of_chatham_house}
