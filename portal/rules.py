"""THE LAW: for each noun a row per verb: who may, in which states, what follows, who is told.

Read a row as a sentence: `Rule(PUBLISH, at(DRAFT), author | own_liaison, then=OPEN,
tell=recipients)` is "a draft may be published by its author or a liaison of the organisation; it is
then open; its recipients are told". READ underlies every other verb of the noun. What a marking
allows stands in `readers`, once.
"""

from dataclasses import dataclass
from typing import Any, Final

from models.notices import Notice, NoticeState
from models.office import Office
from models.stakeholders import Organisation, Person, SharingGroup, Standing
from models.vocabulary import Tlp
from portal.relations import (
    Relation,
    acknowledged,
    admin,
    anyone,
    auditor,
    author,
    client_of_listed,
    colleague,
    convener,
    excepted,
    group_keeper,
    group_member,
    invited,
    liaison,
    listed,
    looked_after,
    marked,
    member,
    named,
    oneself,
    open_list,
    opened,
    own_liaison,
    own_side,
    published,
    steward,
    turned_to,
)


@dataclass(frozen=True)
class Rule:
    """One sentence of the law."""

    verb: str
    states: tuple[str, ...]
    who: Relation
    then: str | None = None
    tell: Relation | None = None


@dataclass(frozen=True)
class Kind:
    """A noun in the law: its name, its table, the letter its references begin with, its rows."""

    name: str
    model: Any
    letter: str
    states: tuple[str, ...]
    rules: tuple[Rule, ...]

    def rows(self, verb: str) -> tuple[Rule, ...]:
        """The sentences about one verb."""
        return tuple(rule for rule in self.rules if rule.verb == verb)

    @property
    def verbs(self) -> tuple[str, ...]:
        """All verbs of the noun, in the order of the law."""
        return tuple(dict.fromkeys(rule.verb for rule in self.rules))


def at(*states: str) -> tuple[str, ...]:
    """The states in which a sentence holds."""
    return tuple(str(state) for state in states)


READ: Final = "read"
READ_TEXT: Final = "read-text"
READ_LEDGER: Final = "read-ledger"
READ_ADDRESS: Final = "read-address"
READ_MEMBERS: Final = "read-members"
READ_TRAIL: Final = "read-trail"
READ_LETTERS: Final = "read-letters"
POST_NOTICE: Final = "post-notice"
FORM_GROUP: Final = "form-group"
EDIT: Final = "edit"
PUBLISH: Final = "publish"
CORRECT: Final = "correct"
WITHDRAW: Final = "withdraw"
CLOSE: Final = "close"
ACKNOWLEDGE: Final = "acknowledge"
COMMENT: Final = "comment"
ATTACH: Final = "attach"
EXPORT: Final = "export"
DETACH: Final = "detach"
INVITE: Final = "invite"
INVITE_AGAIN: Final = "invite-again"
REVOKE_INVITATION: Final = "revoke-invitation"
ADMIT: Final = "admit"
END_MEMBERSHIP: Final = "end-membership"
SET_CLIENTS: Final = "set-clients"
SUSPEND: Final = "suspend"
REINSTATE: Final = "reinstate"
LEAVE: Final = "leave"
RETRY_LETTER: Final = "retry-letter"

DRAFT, OPEN, CLOSED, WITHDRAWN = NoticeState
INVITED, ACTIVE, SUSPENDED, LEFT = Standing

# An invitation is the one letter to somebody who may read nothing yet: it goes while it is open.
LETTER_TO: Final = {(INVITE, "people"): invited}

# A reminder goes only to whoever can still end the lateness; every other letter asks READ.
REMINDS: Final = {
    "acknowledge-soon": ACKNOWLEDGE,
    "acknowledge-late": ACKNOWLEDGE,
    "draft-forgotten": PUBLISH,
}

# Content of these markings may stand in a letter; all others travel as reference and link alone.
OPEN_BY_MAIL: Final = frozenset({Tlp.CLEAR, Tlp.GREEN})

# What the recipient list of each marking may hold ("exception": an entry taken out again).
ADDRESSABLE: Final = {
    Tlp.CLEAR: frozenset({"organisation", "group", "person"}),
    Tlp.GREEN: frozenset({"organisation", "group", "person"}),
    Tlp.AMBER: frozenset({"organisation", "group", "person", "exception"}),
    Tlp.AMBER_STRICT: frozenset({"organisation", "group", "person", "exception"}),
    Tlp.RED: frozenset({"person"}),
}

# Who is on the list: named people always, the others less the exceptions, and never under RED.
addressees = named | (
    marked(Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT) & listed & ~excepted
)
# Who the marking lets read: the list, at AMBER the clients of listed organisations, at GREEN all.
allowed = (
    addressees
    | (marked(Tlp.AMBER) & client_of_listed & ~excepted)
    | (marked(Tlp.CLEAR, Tlp.GREEN) & anyone)
)
recipients = published & addressees
readers = published & allowed
own = author | own_side
own_hand = author | own_liaison
# Whose acknowledgement is asked for: the recipients, but one's own side only where named.
asked = recipients & ~author & (named | ~own_side)
# Who gets a letter when the author publishes.
told_by_letter = addressees & ~author
# Who may look back at an earlier edition, beside its own side: whoever opened it in its time.
edition_readers = opened

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
        Rule(COMMENT, at(OPEN, CLOSED), own | readers, tell=own_hand),
        Rule(CORRECT, at(OPEN), own_hand, tell=recipients),
        Rule(CLOSE, at(OPEN), own_hand, then=CLOSED, tell=recipients),
        Rule(WITHDRAW, at(DRAFT, OPEN, CLOSED), own_hand, then=WITHDRAWN, tell=recipients),
    ),
)

ORGANISATIONS: Final = Kind(
    "organisations",
    Organisation,
    "O",
    at(*Standing),
    (
        Rule(READ, at(ACTIVE), anyone),
        Rule(READ, at(INVITED, SUSPENDED, LEFT), steward),
        Rule(POST_NOTICE, at(ACTIVE), liaison),
        Rule(FORM_GROUP, at(ACTIVE), convener),
        Rule(READ_MEMBERS, at(ACTIVE), member | steward),
        Rule(READ_MEMBERS, at(INVITED, SUSPENDED, LEFT), steward),
        Rule(INVITE, at(INVITED, ACTIVE), steward),
        Rule(INVITE, at(ACTIVE), admin),
        Rule(END_MEMBERSHIP, at(INVITED, ACTIVE, SUSPENDED), steward),
        Rule(END_MEMBERSHIP, at(ACTIVE), admin),
        Rule(EDIT, at(ACTIVE), steward | admin),
        Rule(SET_CLIENTS, at(ACTIVE), steward | admin),
        Rule(SUSPEND, at(INVITED, ACTIVE), steward, then=SUSPENDED),
        Rule(REINSTATE, at(SUSPENDED, LEFT), steward, then=ACTIVE),
        Rule(LEAVE, at(ACTIVE), steward | admin, then=LEFT),
    ),
)

PEOPLE: Final = Kind(
    "people",
    Person,
    "P",
    at(*Standing),
    (
        Rule(READ, at(ACTIVE), oneself | colleague | turned_to | steward),
        Rule(READ, at(INVITED), steward | looked_after),
        Rule(READ, at(SUSPENDED, LEFT), steward),
        Rule(READ_ADDRESS, at(ACTIVE), oneself | colleague | steward),
        Rule(READ_ADDRESS, at(INVITED), steward | looked_after),
        Rule(READ_ADDRESS, at(SUSPENDED, LEFT), steward),
        Rule(INVITE_AGAIN, at(INVITED), steward | looked_after),
        Rule(REVOKE_INVITATION, at(INVITED), steward | looked_after),
        Rule(EDIT, at(ACTIVE), oneself),
        Rule(SUSPEND, at(INVITED, ACTIVE), steward & ~oneself, then=SUSPENDED),
        Rule(REINSTATE, at(SUSPENDED, LEFT), steward & ~oneself, then=ACTIVE),
        Rule(LEAVE, at(ACTIVE), oneself, then=LEFT),
    ),
)

GROUPS: Final = Kind(
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
        Rule(CLOSE, at(ACTIVE), group_keeper, then=LEFT),
    ),
)

OFFICE: Final = Kind(
    "office",
    Office,
    "H",
    at(OPEN),
    (
        Rule(READ, at(OPEN), steward | auditor),
        Rule(READ_TRAIL, at(OPEN), steward | auditor),
        Rule(READ_LETTERS, at(OPEN), steward),
        Rule(ADMIT, at(OPEN), steward),
        Rule(RETRY_LETTER, at(OPEN), steward),
    ),
)

KINDS: Final = {kind.name: kind for kind in (NOTICES, ORGANISATIONS, PEOPLE, GROUPS, OFFICE)}
