"""The policy on records: written by few, adopted by those who were there, redacted for others."""

from typing import Final

from models.records import Action, Record, RecordState
from models.vocabulary import Tlp
from portal.relations import (
    Relation,
    active,
    agreed_by_all,
    anyone,
    behind_a_delegation,
    had_a_seat,
    last_editor,
    marked,
    may_know_whose,
    owes_an_action,
    present,
    redacted,
    silence_over,
    system,
    untrained_for_red,
    writer,
)
from portal.rules.following import may_be_followed
from portal.rules.marking import addressees, allowed, readers, recipients, red
from portal.rules.sentence import AudienceRules, ResourceType, Rule, at
from portal.rules.verbs import (
    ADOPT,
    AGREE,
    CIRCULATE,
    COMMENT,
    CONFIRM,
    DERIVE,
    EDIT,
    EXPORT,
    OBJECT,
    OBJECT_LATE,
    PUBLISH_RED,
    READ,
    READ_COMMENTS,
    READ_LEDGER,
    READ_TEXT,
    RECALL,
    REDACT,
    TAKE_UP,
    WRITE,
)

DRAFT, CIRCULATED, ADOPTED = RecordState

# Minutes are adopted when the silence ends, or as soon as all who attended agree.
may_be_adopted = silence_over | agreed_by_all
# An adopted record is for the table and their organisations; a redacted one has its own list.
record_readers = writer | (
    ~redacted
    & (present | had_a_seat | behind_a_delegation | (marked(Tlp.CLEAR, Tlp.GREEN) & anyone))
)
seen_adopted = record_readers | (redacted & readers)

# Whoever was there is told that it is a draft again, although nobody but its writers reads that.
RECORD_EMAILS: Final = {
    (RECALL, "records"): active & present,
    (OBJECT, "records"): active & (writer | present),
}

# Whose an action is, and which commitment it became; what is to be done is for every reader.
RECORD_SUB_RESOURCES: Final[dict[type, Relation]] = {Action: may_know_whose}

RECORDS: Final = ResourceType(
    "records",
    Record,
    "R",
    at(*RecordState),
    (
        Rule(READ, at(DRAFT), writer),
        Rule(READ, at(CIRCULATED), writer | present | (system & may_be_adopted)),
        Rule(READ, at(ADOPTED), seen_adopted),
        Rule(READ_TEXT, at(DRAFT), writer),
        Rule(READ_TEXT, at(CIRCULATED), writer | present),
        Rule(READ_TEXT, at(ADOPTED), seen_adopted),
        Rule(READ_COMMENTS, at(DRAFT, CIRCULATED, ADOPTED), ~redacted & (writer | present)),
        Rule(READ_LEDGER, at(*RecordState), writer),
        *may_be_followed(RecordState),
        Rule(EXPORT, at(DRAFT), writer),
        Rule(EXPORT, at(CIRCULATED), writer | present),
        Rule(EXPORT, at(ADOPTED), seen_adopted),
        Rule(WRITE, at(DRAFT), writer & ~redacted),
        Rule(CIRCULATE, at(DRAFT), writer & ~redacted, then=CIRCULATED, notify=present),
        # Asked beside circulating and confirming what is TLP:RED.
        Rule(PUBLISH_RED, at(DRAFT), writer & ~untrained_for_red),
        Rule(RECALL, at(CIRCULATED), writer & ~silence_over, then=DRAFT, notify=present),
        Rule(COMMENT, at(CIRCULATED), (writer | present) & ~silence_over),
        Rule(AGREE, at(CIRCULATED), present & ~silence_over),
        Rule(OBJECT, at(CIRCULATED), present & ~silence_over, then=DRAFT, notify=writer | present),
        Rule(ADOPT, at(CIRCULATED), system & may_be_adopted, then=ADOPTED, notify=writer | present),
        Rule(OBJECT_LATE, at(ADOPTED), present & ~redacted, notify=writer | present),
        Rule(TAKE_UP, at(ADOPTED), owes_an_action & ~redacted),
        Rule(REDACT, at(ADOPTED), writer & ~redacted),
        Rule(DERIVE, at(ADOPTED), writer & ~redacted & ~red),
        Rule(EDIT, at(DRAFT), writer & redacted),
        Rule(CONFIRM, at(DRAFT), writer & redacted & ~last_editor, then=ADOPTED, notify=recipients),
    ),
    audience=AudienceRules(allowed | writer, addressees | writer, addressees),
)
