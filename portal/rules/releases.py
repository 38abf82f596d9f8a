"""The policy on releases: marked by one, destroyed by another, agreed on by all, then public."""

from collections.abc import Mapping
from typing import Any, Final

from models.releases import Part, ReleaseParty, ReleaseState
from models.releases import Release as ReleaseModel
from portal.relations import (
    Relation,
    agreed_to_by_all,
    anyone,
    asked_as,
    cooled,
    for_signing,
    from_minutes,
    is_the_party,
    last_editor,
    of_its_minutes,
    of_its_release,
    own_side,
    own_speaker,
    party_to_it,
    published,
    put_to_parties,
    writer,
)
from portal.rules.claims import CLAIMS
from portal.rules.following import may_be_followed
from portal.rules.harm import HARM
from portal.rules.notices import NOTICES
from portal.rules.records import RECORDS
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    CONFIRM,
    CONSENT,
    CORRECT,
    DECLINE,
    EDIT,
    PROPOSE,
    READ,
    READ_LEDGER,
    READ_TEXT,
    RELEASE,
    REPLY,
    SIGN,
    TAKE_BACK,
    WITHDRAW,
)

DRAFT, PROPOSED, AGREEING, DECLINED, RELEASED, WITHDRAWN = ReleaseState

# What is derived from minutes is kept by those who write them: colleagues of theirs were not there.
keeper = (~from_minutes & own_side) | of_its_minutes(writer)
keeper_acts = (~from_minutes & own_speaker) | of_its_minutes(writer)
second_person = keeper_acts & ~last_editor
asked = party_to_it & put_to_parties
signs, gives_words, is_named = (asked_as(part) for part in (Part.SIGNS, Part.WORDS, Part.NAMED))
speaks_for_party = asked_as(*Part, still=False)
# What a release can be derived from, each with the column that names it.
SOURCES: Final[Mapping[str, tuple[ResourceType[Any], str]]] = {
    NOTICES.prefix: (NOTICES, "notice_id"),
    CLAIMS.prefix: (CLAIMS, "claim_id"),
    HARM.prefix: (HARM, "harm_id"),
    RECORDS.prefix: (RECORDS, "record_id"),
}
# What the public reads: said of the resource alone, since nobody is known there.
PUBLIC: Final = published
# Who signs is for all who are asked; whose words it holds, for them and its own side alone.
RELEASE_SUB_RESOURCES: Final[dict[type, Relation]] = {
    ReleaseParty: for_signing | is_the_party | of_its_release(keeper)
}

RELEASES: Final = ResourceType(
    "releases",
    ReleaseModel,
    "W",
    at(*ReleaseState),
    (
        Rule(READ, at(DRAFT, PROPOSED), keeper),
        Rule(READ, at(AGREEING, DECLINED, WITHDRAWN), keeper | asked),
        Rule(READ, at(RELEASED), anyone),
        Rule(READ_TEXT, at(DRAFT, PROPOSED, WITHDRAWN), keeper),
        Rule(READ_TEXT, at(AGREEING, DECLINED), keeper | asked),
        Rule(READ_TEXT, at(RELEASED), anyone),
        Rule(READ_LEDGER, at(*ReleaseState), keeper),
        *may_be_followed(ReleaseState),
        Rule(EDIT, at(DRAFT), keeper_acts),
        Rule(PROPOSE, at(DRAFT), keeper_acts, then=PROPOSED, notify=second_person),
        # Whoever confirms destroys what is marked; from then on it is put to those it concerns.
        Rule(
            CONFIRM,
            at(PROPOSED),
            second_person,
            then=AGREEING,
            notify=speaks_for_party,
        ),
        Rule(SIGN, at(AGREEING), signs, notify=keeper_acts),
        Rule(CONSENT, at(AGREEING), gives_words, notify=keeper_acts),
        Rule(REPLY, at(AGREEING), is_named, notify=keeper_acts),
        Rule(
            DECLINE,
            at(AGREEING),
            asked_as(Part.SIGNS, Part.WORDS, still=False),
            then=DECLINED,
            notify=keeper_acts | asked_as(Part.SIGNS, still=False),
        ),
        Rule(TAKE_BACK, at(PROPOSED, AGREEING, DECLINED), keeper_acts, then=DRAFT),
        Rule(
            RELEASE,
            at(AGREEING),
            keeper_acts & agreed_to_by_all & cooled,
            then=RELEASED,
            notify=keeper_acts | speaks_for_party,
        ),
        Rule(CORRECT, at(RELEASED), keeper_acts, then=DRAFT),
        Rule(
            WITHDRAW,
            at(DRAFT, PROPOSED, AGREEING, DECLINED),
            keeper_acts,
            then=WITHDRAWN,
            notify=put_to_parties & speaks_for_party,
        ),
        # Together or not at all: whoever signed can end it for all.
        Rule(
            WITHDRAW,
            at(RELEASED),
            keeper_acts | asked_as(Part.SIGNS, still=False),
            then=WITHDRAWN,
            notify=keeper_acts | speaks_for_party,
        ),
    ),
)
