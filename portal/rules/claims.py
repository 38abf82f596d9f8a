"""The policy on claims: whoever is named reads one and may reply before it is published."""

from typing import Final

from models.claims import Claim, ClaimState
from portal.relations import (
    author,
    concerned,
    excepted,
    may_speak_for_the_named,
    names_organisation,
    of_its_notice,
    put_to_reply,
    replied,
    reply_period_over,
    unconsented,
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
from portal.rules.sentence import AudienceRules, ResourceType, Rule, at
from portal.rules.verbs import (
    ASK_REPLY,
    CONSENT,
    CORRECT,
    DERIVE,
    EDIT,
    EXPORT,
    PUBLISH,
    PUBLISH_RED,
    READ,
    READ_LEDGER,
    READ_TEXT,
    REPLY,
    TAKE_BACK,
    WITHDRAW,
)

DRAFT, ASKED, PUBLISHED, WITHDRAWN = ClaimState

named_there = concerned & ~excepted
# Whoever is named goes on reading what was put to them, whatever the recipient list says.
heard = named_there & put_to_reply
may_reply = may_speak_for_the_named & ~excepted & ~replied
may_consent = of_its_notice(may_act_for_author) & unconsented
in_asking = own | named_there | of_its_notice(may_act_for_author)

CLAIMS: Final = ResourceType(
    "claims",
    Claim,
    "A",
    at(*ClaimState),
    (
        Rule(READ, at(DRAFT), own),
        Rule(READ, at(ASKED), in_asking),
        Rule(READ, at(PUBLISHED, WITHDRAWN), own | readers | heard),
        Rule(READ_TEXT, at(DRAFT, WITHDRAWN), own),
        Rule(READ_TEXT, at(ASKED), in_asking),
        Rule(READ_TEXT, at(PUBLISHED), own | readers | heard),
        Rule(EXPORT, at(DRAFT, ASKED, WITHDRAWN), own),
        Rule(EXPORT, at(PUBLISHED), own | readers | heard),
        Rule(READ_LEDGER, at(*ClaimState), own),
        *may_be_followed(ClaimState),
        Rule(EDIT, at(DRAFT), may_act_for_author),
        Rule(
            ASK_REPLY,
            at(DRAFT),
            may_act_for_author & (names_organisation | unconsented),
            then=ASKED,
            notify=(may_speak_for_the_named & ~excepted) | may_consent,
        ),
        Rule(REPLY, at(ASKED, PUBLISHED), may_reply, notify=may_act_for_author),
        Rule(CONSENT, at(ASKED), may_consent, notify=may_act_for_author),
        Rule(TAKE_BACK, at(ASKED), may_act_for_author, then=DRAFT),
        Rule(
            PUBLISH,
            at(DRAFT),
            may_act_for_author & ~names_organisation & ~unconsented,
            then=PUBLISHED,
            notify=recipients,
        ),
        Rule(
            PUBLISH,
            at(ASKED),
            may_act_for_author & (~names_organisation | replied | reply_period_over) & ~unconsented,
            then=PUBLISHED,
            notify=recipients | heard,
        ),
        # Asked beside all that gives it to readers, where it is TLP:RED.
        Rule(PUBLISH_RED, at(DRAFT, ASKED, PUBLISHED), may_act_for_author & ~untrained_for_red),
        Rule(CORRECT, at(PUBLISHED), may_act_for_author, notify=recipients | heard),
        Rule(DERIVE, at(PUBLISHED), may_act_for_author & ~red),
        Rule(
            WITHDRAW,
            at(DRAFT, ASKED, PUBLISHED),
            may_act_for_author,
            then=WITHDRAWN,
            notify=recipients | heard,
        ),
    ),
    audience=AudienceRules(
        allowed | own | named_there,
        addressees | own | named_there,
        (addressees | named_there) & ~author,
    ),
)
