"""The policy on notices."""

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
    reminded_of_receipt,
    untrained_for_red,
)
from portal.rules.following import may_be_followed
from portal.rules.marking import (
    addressees,
    allowed,
    may_act_for_author,
    own,
    readers,
    recipients,
    red,
)
from portal.rules.moments import on_its_side
from portal.rules.sentence import AudienceRules, ResourceType, Rule, at
from portal.rules.verbs import (
    ACKNOWLEDGE,
    ANNOTATE,
    ATTACH,
    CLOSE,
    COMMENT,
    CORRECT,
    DERIVE,
    DETACH,
    EDIT,
    EXPORT,
    LINK_NORM,
    PUBLISH,
    PUBLISH_RED,
    READ,
    READ_LEDGER,
    READ_TEXT,
    REMIND,
    SHARE_COMMENTS,
    WITHDRAW,
)

DRAFT, OPEN, CLOSED, WITHDRAWN = NoticeState

# Whose acknowledgement is asked for: the recipients, but one's own side only where named.
asked = recipients & ~author & (named | ~own_side)
# Who gets an e-mail when the author publishes.
notified_by_email = addressees & ~author
# Who may look back at an earlier edition: its own side of that time, and whoever opened it then.
edition_readers = opened | on_its_side
# The author of earlier comments is asked whether the readers of a correction may have them.
NOTICE_EMAILS: Final = {(SHARE_COMMENTS, "notices"): active & commented_for_fewer & (own | readers)}

NOTICES: Final = ResourceType(
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
        *may_be_followed(NoticeState),
        Rule(EDIT, at(DRAFT), may_act_for_author),
        Rule(ATTACH, at(DRAFT, OPEN), may_act_for_author),
        Rule(DETACH, at(DRAFT), may_act_for_author),
        Rule(PUBLISH, at(DRAFT), may_act_for_author, then=OPEN, notify=recipients),
        # Asked beside publishing and correcting, of what is RED from then on.
        Rule(PUBLISH_RED, at(DRAFT, OPEN), may_act_for_author & ~untrained_for_red),
        Rule(ACKNOWLEDGE, at(OPEN), asked & ~acknowledged),
        Rule(
            REMIND,
            at(OPEN),
            may_act_for_author,
            notify=asked & ~acknowledged & reminded_of_receipt,
        ),
        Rule(LINK_NORM, at(DRAFT, OPEN), may_act_for_author),
        Rule(DERIVE, at(OPEN, CLOSED), may_act_for_author & ~red),
        # A mediator who reads it may say to which norm it is relevant, beside what its author says.
        Rule(ANNOTATE, at(OPEN, CLOSED), mediates & ~own),
        Rule(COMMENT, at(OPEN, CLOSED), own | readers, notify=may_act_for_author),
        Rule(SHARE_COMMENTS, at(OPEN, CLOSED), commented_for_fewer),
        Rule(CORRECT, at(OPEN), may_act_for_author, notify=recipients),
        Rule(CLOSE, at(OPEN), may_act_for_author, then=CLOSED, notify=recipients),
        Rule(
            WITHDRAW, at(DRAFT, OPEN, CLOSED), may_act_for_author, then=WITHDRAWN, notify=recipients
        ),
    ),
    audience=AudienceRules(allowed | own, addressees | own, notified_by_email),
)
