"""The policy on harm: an organisation states its own, mediators cite that of others.

What is marked wider than its notice waits for the author of the notice, as claims do.
"""

from typing import Final

from models.harm import Harm, HarmState
from portal.relations import author, of_its_notice, unconsented, untrained_for_red
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
    ASK_CONSENT,
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
    TAKE_BACK,
    WITHDRAW,
)

DRAFT, ASKED, PUBLISHED, WITHDRAWN = HarmState

of_the_notice = of_its_notice(may_act_for_author)
may_consent = of_the_notice & unconsented

HARM: Final = ResourceType(
    "harm",
    Harm,
    "E",
    at(*HarmState),
    (
        Rule(READ, at(DRAFT), own),
        Rule(READ, at(ASKED), own | of_the_notice),
        Rule(READ, at(PUBLISHED, WITHDRAWN), own | readers),
        Rule(READ_TEXT, at(DRAFT, WITHDRAWN), own),
        Rule(READ_TEXT, at(ASKED), own | of_the_notice),
        Rule(READ_TEXT, at(PUBLISHED), own | readers),
        Rule(EXPORT, at(DRAFT, ASKED, WITHDRAWN), own),
        Rule(EXPORT, at(PUBLISHED), own | readers),
        Rule(READ_LEDGER, at(*HarmState), own),
        *may_be_followed(HarmState),
        Rule(EDIT, at(DRAFT), may_act_for_author),
        Rule(
            ASK_CONSENT,
            at(DRAFT),
            may_act_for_author & unconsented,
            then=ASKED,
            notify=may_consent,
        ),
        Rule(CONSENT, at(ASKED), may_consent, notify=may_act_for_author),
        Rule(TAKE_BACK, at(ASKED), may_act_for_author, then=DRAFT),
        Rule(
            PUBLISH,
            at(DRAFT, ASKED),
            may_act_for_author & ~unconsented,
            then=PUBLISHED,
            notify=recipients,
        ),
        # Asked beside all that gives it to readers, where it is TLP:RED.
        Rule(PUBLISH_RED, at(DRAFT, ASKED, PUBLISHED), may_act_for_author & ~untrained_for_red),
        Rule(CORRECT, at(PUBLISHED), may_act_for_author, notify=recipients),
        Rule(DERIVE, at(PUBLISHED), may_act_for_author & ~red),
        Rule(
            WITHDRAW,
            at(DRAFT, ASKED, PUBLISHED),
            may_act_for_author,
            then=WITHDRAWN,
            notify=recipients,
        ),
    ),
    audience=AudienceRules(allowed | own, addressees | own, addressees & ~author),
)
