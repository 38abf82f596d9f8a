"""The policy on organisations, people and sharing groups."""

from typing import Final

from models.stakeholders import Organisation, Person, SharingGroup, Standing
from portal.relations import (
    admin,
    anyone,
    colleague,
    convener,
    fellow,
    group_keeper,
    group_member,
    mediator,
    member,
    on_list_by_name,
    oneself,
    open_list,
    speaker,
    steward,
    turned_to,
)
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    ADD_CONTACT,
    BEGIN_SELF_CHECK,
    CLOSE,
    DRAFT_COMMITMENT,
    DRAFT_DIALOGUE,
    EDIT,
    END_MEMBERSHIP,
    FORM_GROUP,
    INVITE,
    LEAVE,
    LEAVE_GROUP,
    LEAVE_PROVIDER,
    MAKE_FEED,
    OPEN_PROCESS,
    POST_NOTICE,
    READ,
    READ_ADDRESS,
    READ_MEMBERS,
    READ_TIES,
    REINSTATE,
    RESIGN,
    REVOKE_FEED,
    SET_CLIENTS,
    SUSPEND,
)

INVITED, ACTIVE, SUSPENDED, LEFT = Standing

ORGANISATIONS: Final = ResourceType(
    "organisations",
    Organisation,
    "O",
    at(*Standing),
    (
        Rule(READ, at(ACTIVE), anyone),
        Rule(READ, at(INVITED, SUSPENDED, LEFT), steward),
        Rule(POST_NOTICE, at(ACTIVE), speaker),
        Rule(DRAFT_COMMITMENT, at(ACTIVE), speaker),
        Rule(OPEN_PROCESS, at(ACTIVE), mediator),
        Rule(DRAFT_DIALOGUE, at(ACTIVE), mediator),
        Rule(FORM_GROUP, at(ACTIVE), convener),
        Rule(ADD_CONTACT, at(ACTIVE), convener),
        Rule(READ_MEMBERS, at(ACTIVE), member | steward),
        Rule(READ_MEMBERS, at(INVITED, SUSPENDED, LEFT), steward),
        Rule(INVITE, at(INVITED, ACTIVE), steward),
        Rule(INVITE, at(ACTIVE), admin),
        Rule(END_MEMBERSHIP, at(INVITED, ACTIVE, SUSPENDED), steward),
        Rule(END_MEMBERSHIP, at(ACTIVE), admin),
        Rule(RESIGN, at(ACTIVE), member),
        Rule(EDIT, at(ACTIVE), steward | admin),
        Rule(READ_TIES, at(ACTIVE), steward | admin),
        Rule(SET_CLIENTS, at(ACTIVE), steward | admin),
        Rule(LEAVE_PROVIDER, at(ACTIVE), admin),
        Rule(LEAVE_GROUP, at(ACTIVE), admin),
        Rule(SUSPEND, at(INVITED, ACTIVE), steward, then=SUSPENDED),
        Rule(REINSTATE, at(SUSPENDED, LEFT), steward, then=ACTIVE),
        Rule(LEAVE, at(ACTIVE), steward | admin, then=LEFT),
    ),
)

PEOPLE: Final = ResourceType(
    "people",
    Person,
    "P",
    at(*Standing),
    (
        Rule(READ, at(ACTIVE), oneself | colleague | turned_to | fellow | steward),
        Rule(READ, at(INVITED), steward),
        Rule(READ, at(SUSPENDED, LEFT), steward),
        Rule(READ_ADDRESS, at(ACTIVE), oneself | colleague | steward),
        Rule(READ_ADDRESS, at(INVITED), steward),
        Rule(READ_ADDRESS, at(SUSPENDED, LEFT), steward),
        Rule(EDIT, at(ACTIVE), oneself),
        Rule(MAKE_FEED, at(ACTIVE), oneself),
        Rule(REVOKE_FEED, at(ACTIVE), oneself),
        Rule(BEGIN_SELF_CHECK, at(ACTIVE), oneself),
        Rule(SUSPEND, at(INVITED, ACTIVE), steward & ~oneself, then=SUSPENDED),
        Rule(REINSTATE, at(SUSPENDED, LEFT), steward & ~oneself, then=ACTIVE),
        Rule(LEAVE, at(ACTIVE), oneself, then=LEFT),
    ),
)

GROUPS: Final = ResourceType(
    "groups",
    SharingGroup,
    "G",
    at(ACTIVE, LEFT),
    (
        Rule(READ, at(ACTIVE), group_keeper | group_member),
        Rule(READ, at(LEFT), group_keeper),
        Rule(READ_MEMBERS, at(ACTIVE), group_keeper | (group_member & open_list)),
        Rule(READ_MEMBERS, at(LEFT), group_keeper),
        Rule(EDIT, at(ACTIVE), group_keeper),
        Rule(LEAVE, at(ACTIVE), on_list_by_name),
        Rule(CLOSE, at(ACTIVE), group_keeper, then=LEFT),
    ),
)
