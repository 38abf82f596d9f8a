"""The policy on harm: an organisation states its own, mediators cite that of others."""

from typing import Final

from models.harm import Harm, HarmState
from portal.relations import author, untrained_for_red
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
    CORRECT,
    DERIVE,
    EDIT,
    EXPORT,
    PUBLISH,
    PUBLISH_RED,
    READ,
    READ_LEDGER,
    READ_TEXT,
    WITHDRAW,
)

DRAFT, PUBLISHED, WITHDRAWN = HarmState

HARM: Final = ResourceType(
    "harm",
    Harm,
    "E",
    at(*HarmState),
    (
        Rule(READ, at(DRAFT), own),
        Rule(READ, at(PUBLISHED, WITHDRAWN), own | readers),
        Rule(READ_TEXT, at(DRAFT, WITHDRAWN), own),
        Rule(READ_TEXT, at(PUBLISHED), own | readers),
        Rule(EXPORT, at(DRAFT, WITHDRAWN), own),
        Rule(EXPORT, at(PUBLISHED), own | readers),
        Rule(READ_LEDGER, at(*HarmState), own),
        *may_be_followed(HarmState),
        Rule(EDIT, at(DRAFT), may_act_for_author),
        Rule(PUBLISH, at(DRAFT), may_act_for_author, then=PUBLISHED, notify=recipients),
        # Asked beside both, where it is TLP:RED.
        Rule(PUBLISH_RED, at(DRAFT, PUBLISHED), may_act_for_author & ~untrained_for_red),
        Rule(CORRECT, at(PUBLISHED), may_act_for_author, notify=recipients),
        Rule(DERIVE, at(PUBLISHED), may_act_for_author & ~red),
        Rule(WITHDRAW, at(DRAFT, PUBLISHED), may_act_for_author, then=WITHDRAWN, notify=recipients),
    ),
    audience=AudienceRules(allowed | own, addressees | own, addressees & ~author),
)
