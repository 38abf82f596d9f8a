"""The policy on contact points: shared as notices are, kept by their organisation."""

from typing import Final

from models.contacts import ContactPoint, ContactState
from portal.relations import (
    active,
    asked_by_check,
    author,
    check_due,
    check_unanswered,
    contact_admin,
    holder,
    just_named,
    keeps_contacts,
    reviewed,
    system,
    unheld,
)
from portal.rules.marking import addressees, allowed, own, readers
from portal.rules.sentence import AudienceRules, ResourceType, Rule, at
from portal.rules.verbs import (
    ANSWER,
    CHECK,
    EDIT,
    ESCALATE,
    EXPORT,
    PUBLISH,
    READ,
    READ_LEDGER,
    REMOVE_EXERCISES,
    RETIRE,
    VERIFY,
)

DRAFT, CURRENT, RETIRED = ContactState

own_or_held = own | holder
keeper = author | keeps_contacts
# Where the organisation reviews its contact points, an administrator has the last word.
settles = contact_admin | (keeper & ~reviewed)
# The system sees one only while it has something to do with it.
in_a_check = check_due | asked_by_check | check_unanswered
# A check goes to the address of the contact point: for its holder, or for a bare position. That
# one holds a position now goes to whoever still does when the e-mail goes.
CONTACT_EMAILS: Final = {
    (CHECK, "contacts"): active & asked_by_check & (holder | (system & unheld)),
    (EDIT, "contacts"): active & holder,
}

CONTACTS: Final = ResourceType(
    "contacts",
    ContactPoint,
    "K",
    at(*ContactState),
    (
        Rule(READ, at(DRAFT, RETIRED), own_or_held),
        Rule(READ, at(CURRENT), own_or_held | readers),
        Rule(READ, at(CURRENT), system & in_a_check),
        Rule(EXPORT, at(CURRENT), own_or_held | readers),
        Rule(READ_LEDGER, at(DRAFT, CURRENT, RETIRED), own_or_held),
        Rule(EDIT, at(DRAFT), keeper),
        Rule(EDIT, at(CURRENT), settles, notify=holder & just_named),
        Rule(PUBLISH, at(DRAFT), settles, then=CURRENT, notify=holder),
        Rule(VERIFY, at(CURRENT), keeper | holder),
        Rule(CHECK, at(CURRENT), keeper | (system & check_due)),
        # Whoever opens the link of its e-mail answers; the system keeps that for them.
        Rule(ANSWER, at(CURRENT), asked_by_check & (keeper | holder | system)),
        Rule(ESCALATE, at(CURRENT), system & check_unanswered),
        Rule(REMOVE_EXERCISES, at(DRAFT, CURRENT, RETIRED), keeper),
        Rule(RETIRE, at(DRAFT), keeper, then=RETIRED),
        Rule(RETIRE, at(CURRENT), settles, then=RETIRED, notify=holder),
    ),
    audience=AudienceRules(allowed | own_or_held, addressees | own_or_held, holder),
)
