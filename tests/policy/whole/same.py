"""Mutants that no answer tells apart from the policy, as patterns, each with why.

`SAME` are no other policy: what they change cannot come about, or something else says it too.
`OPEN` are other policies that this world does not try yet.
"""

from typing import Final

ANYONE: Final = "whoever is signed in is anyone already"
OWN: Final = "whose own it is reads it in every state: another row of READ says so"
UNPUBLISHED: Final = "a draft was never published, so that it has no readers in any case"
MEMBERS: Final = "nobody belongs to an organisation that is not active"
HELD: Final = "READ holds it back: those whom it would add may not read"
ANOTHER_ROW: Final = "the other row of the verb says it as well"
SEATED: Final = "whoever has another seat is seated by that one"

SAME: Final[dict[str, dict[str, str]]] = {
    "notices": {
        "* anyone always": ANYONE,
        "read at draft: also *": OWN,
        "read-text at draft: also *": OWN,
        "export at draft: also *": OWN,
        "* at open: also draft": UNPUBLISHED,
        "share-comments at open: also withdrawn": "nobody was asked about a withdrawn one here",
        "acknowledge at open: marked CLEAR/GREEN/AMBER/AMBER+STRICT always": HELD,
        "annotate at open: author never": "an author who is no colleague is a mediator nowhere",
        "policy_chaired.part = 'team' is true": SEATED,
    },
    "commitments": {
        "* anyone always": ANYONE,
        "read* at draft: also *": OWN,
        "export at draft: also *": OWN,
        "* at proposed: also draft": UNPUBLISHED,
        "* at in-force: also draft": UNPUBLISHED,
        "read-terms at proposed: published always": HELD,
        "policy_chaired.part = 'team' is true": SEATED,
    },
    "claims": {
        "* anyone always": ANYONE,
        "read at draft: also *": OWN,
        "read-text at draft: also *": OWN,
        "export at draft: also *": OWN,
        "read* at published: also asked": "what is not published has no readers, and asks more",
        "*-text at *: also draft": HELD,
        "export at published: also draft": HELD,
        "consent at asked: also *": HELD,
        "read-text at asked: also published": HELD,
        "reply at asked: *excepted*": HELD,
        "publish at *, told: *": "the other row of publishing notifies the same people",
        "publish at draft: also asked": "what needs no reply and no consent may be published there",
        "policy_chaired.part = 'team' is true": SEATED,
    },
    "harm": {
        "* anyone always": ANYONE,
        "read at draft: also *": OWN,
        "read-text at draft: also *": OWN,
        "export at draft: also *": OWN,
        "* at published: also draft": UNPUBLISHED,
        "read* at published: also asked": "what is not published has no readers, and asks more",
        "export at published: also asked": "what is not published has no readers, and asks more",
        "*-text at *: also draft": HELD,
        "read-text at asked: also *": HELD,
        "consent at asked: also *": HELD,
        "policy_chaired.part = 'team' is true": SEATED,
    },
    "releases": {
        "* anyone always": ANYONE,
        "read at draft: also *": OWN,
        "read-text at draft: also *": OWN,
        "read at agreeing: also released": "everybody reads what is released",
        "read-text at agreeing: also *": HELD,
        "read-text at released: also *": HELD,
        "* at draft: *from minutes *": HELD,
        "* at proposed: *from minutes *": HELD,
        "release at agreeing: *from minutes *": HELD,
        "* at agreeing: also draft": HELD,
        "* at agreeing: also proposed": HELD,
        "policy_party.part IN *": "there is no other part",
        "releases.tlp != 'RED' is true": "nothing is derived from what is RED",
        "withdraw at draft: also released": "the other row lets its own side withdraw it then",
        "withdraw at released: also *": HELD,
        "withdraw at draft, told: *": "the other row of withdrawing notifies these people as well",
    },
    "exercises": {
        "* anyone always": ANYONE,
        "read at draft: also *": OWN,
        "read-text at draft: also *": OWN,
        "* at planned: also draft": UNPUBLISHED,
        "edit at draft: also planned": ANOTHER_ROW,
        "seat at draft: also *": ANOTHER_ROW,
        "erase at draft: also *": ANOTHER_ROW,
        "erase at closed: also draft": HELD,
        "answer at running: also *": HELD,
        "* at over: *plays a party *": "whoever plays a party takes part",
        "publish-red at draft: *plays a party *": "whoever plays has not completed the unit here",
        "policy_chaired.part = 'team' is true": SEATED,
    },
    "processes": {
        "* anyone always": ANYONE,
        "read-members at preparation: seated always": HELD,
        "policy_chaired.part = 'team' is true": SEATED,
    },
    "organisations": {
        "* anyone always": ANYONE,
        "* at active: also *": MEMBERS,
        "policy_at.id = policy_in.organisation_id is true": MEMBERS,
        "policy_at.state = 'active' is true": MEMBERS,
        "read at invited: also active": ANYONE,
        "read-members at invited: also active": "another row says it",
    },
    "groups": {
        "policy_group.id = policy_on.group_id is true": "a member reads only an open group",
        "policy_group.state = 'active' is true": "a member reads only an open group",
        "read* at active: also left": "nobody is a member of a group that is closed",
        "read* at left: also active": "who looks after it does so in both states",
        "read-members at active: group member always": HELD,
        "leave at active: also left": HELD,
    },
    "offers": {
        "* at offered: *into group *": HELD,
        "policy_at.* is true": MEMBERS,
        "read at offered: also *": "another row of READ says it",
        "'liaison'* without 'admin'": "admins invite and answer to all, groups included",
    },
    "readiness": {
        "* at *: also erased": "nobody reads what is erased, and READ underlies every verb",
    },
    "alternates": {
        "policy_in.person_id = alternates.person_id is true": "whoever acts belongs to it already",
    },
    "contacts": {
        "* anyone always": ANYONE,
        "read at draft: also current": OWN,
        "read at current: also draft": UNPUBLISHED,
        "* at current: also draft": "whoever settles it keeps it as a draft already",
        "escalate at current: also retired": HELD,
        "policy_chaired.part = 'team' is true": SEATED,
    },
    "training": {
        "* at *: also erased": "nobody reads what is erased, and READ underlies every verb",
        "policy_at.* is true": MEMBERS,
        "read at under-way: also completed": "another row of READ says it",
        "study at under-way: learner always": HELD,
        "complete at under-way: learner always": HELD,
    },
    "clauses": {"read at active: anyone always": ANYONE},
    "units": {
        "* at *: also erased": "nobody reads what is erased, and READ underlies every verb",
        "read at draft: also published": ANYONE,
        "read at published: anyone always": ANYONE,
    },
}
EVERYBODY_SITS: Final = "no unit is required of everybody before a seat in this world"
WRITERS: Final = "who writes minutes is tried with minutes themselves"
NOT_SO_IN_STATE: Final = "no commitment of this world is asked, due or answered in that state"
OPEN: Final[dict[str, dict[str, str]]] = {
    "processes": {"policy_required.organisation_id IS NULL is false": EVERYBODY_SITS},
    "training": {
        "policy_in.begins_at*": "no administrator of this world is to come",
        "policy_in.ends_at*": "no administrator of this world has left, or leaves",
    },
    "exercises": {
        "*, told: *excepted*": "nobody who is taken out is a client with a role here",
        "*, told: client of listed always": "nobody with a role is at AMBER on no list here",
        "release at running, told: marked *STRICT always": "nothing arrives under RED here",
        "release at running, told: published always": "all that run are published here",
        "policy_*_id = policy_line.*_id is true": "there is no other group or process to be of",
    },
    "harm": {
        "*own side*": "Home stands in the group of the list as well",
        "policy_*_id = policy_line.*_id is true": "there is no other group or process to be of",
    },
    "claims": {
        "*own side*": "Home stands in the group of the list as well",
        "policy_*_id = policy_line.*_id is true": "there is no other group or process to be of",
    },
    "releases": {
        "*policy_pen.*": WRITERS,
        "*policy_run*": WRITERS,
        "of its minutes writer: *": WRITERS,
    },
    "commitments": {
        "* at *: also *": NOT_SO_IN_STATE,
        "* at *: not *": NOT_SO_IN_STATE,
        "*author never": "every author here speaks for the promisor as well",
        "'CLEAR', 'GREEN'* without 'CLEAR'": "no commitment here is CLEAR",
        "reach *: own side never": "the promisor stands in the group of the list as well",
        "policy_*_id = policy_line.*_id is true": "there is no other group or process to be of",
        "policy_post.*": "nobody has left the office of the system here",
    },
    "contacts": {"policy_post.*": "nobody has left the office of the system here"},
}
