"""The law on notices."""

from typing import Final

from models.notices import Notice, NoticeState
from portal.relations import (
    acknowledged,
    active,
    author,
    commented_for_fewer,
    mediates,
    named,
    opened,
    own_side,
)
from portal.rules.marking import (
    Reaching,
    addressees,
    allowed,
    own,
    own_hand,
    readers,
    recipients,
)
from portal.rules.moments import on_its_side
from portal.rules.sentence import Kind, Rule, at
from portal.rules.verbs import (
    ACKNOWLEDGE,
    ANNOTATE,
    ATTACH,
    CLOSE,
    COMMENT,
    CORRECT,
    DETACH,
    EDIT,
    EXPORT,
    PUBLISH,
    READ,
    READ_LEDGER,
    READ_TEXT,
    SHARE_COMMENTS,
    TAG,
    WITHDRAW,
)

DRAFT, OPEN, CLOSED, WITHDRAWN = NoticeState

# Whose acknowledgement is asked for: the recipients, but one's own side only where named.
asked = recipients & ~author & (named | ~own_side)
# Who gets a letter when the author publishes.
told_by_letter = addressees & ~author
# Who may look back at an earlier edition: its own side of that time, and whoever opened it then.
edition_readers = opened | on_its_side
# The author of earlier comments is asked whether the readers of a correction may have them.
NOTICE_LETTERS: Final = {
    (SHARE_COMMENTS, "notices"): active & commented_for_fewer & (own | readers)
}
NOTICE_REACH: Final = Reaching(allowed | own, addressees | own, told_by_letter)

NOTICES: Final = Kind(
    "notices",
    Notice,
    "N",
    at(*NoticeState),
    (
        Rule(READ, at(DRAFT), own),
        Rule(READ, at(OPEN, CLOSED, WITHDRAWN), own | readers),
        Rule(READ_TEXT, at(DRAFT, WITHDRAWN), own),
        Rule(READ_TEXT, at(OPEN, CLOSED), own | readers),
        Rule(EXPORT, at(DRAFT, WITHDRAWN), own),
        Rule(EXPORT, at(OPEN, CLOSED), own | readers),
        Rule(READ_LEDGER, at(DRAFT, OPEN, CLOSED, WITHDRAWN), own),
        Rule(EDIT, at(DRAFT), own_hand),
        Rule(ATTACH, at(DRAFT, OPEN), own_hand),
        Rule(DETACH, at(DRAFT), own_hand),
        Rule(PUBLISH, at(DRAFT), own_hand, then=OPEN, tell=recipients),
        Rule(ACKNOWLEDGE, at(OPEN), asked & ~acknowledged),
        Rule(TAG, at(DRAFT, OPEN), own_hand),
        # A mediator who reads it may say to which norm it is relevant, beside what its author says.
        Rule(ANNOTATE, at(OPEN, CLOSED), mediates & ~own),
        Rule(COMMENT, at(OPEN, CLOSED), own | readers, tell=own_hand),
        Rule(SHARE_COMMENTS, at(OPEN, CLOSED), commented_for_fewer),
        Rule(CORRECT, at(OPEN), own_hand, tell=recipients),
        Rule(CLOSE, at(OPEN), own_hand, then=CLOSED, tell=recipients),
        Rule(WITHDRAW, at(DRAFT, OPEN, CLOSED), own_hand, then=WITHDRAWN, tell=recipients),
    ),
)
