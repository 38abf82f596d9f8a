"""How a person can stand to a matter, each said once, in SQL; a file per noun.

A relation is asked with a matter (the mapped class, or an alias of it), with `who` (a person's key,
as a value or as the column `Person.id`) and with the time. With a value it answers "may she", with
the column "everybody who may": see `portal.access`.

Each file makes one alias for each place where its sentences look, once: making them anew at each
question costs more than the question. No sentence uses an alias inside a sentence that uses it
already.
"""

from portal.relations.belonging import (
    anyone,
    appointed,
    auditor,
    belongs,
    home_of,
    house,
    in_force,
    standing,
    steward,
)
from portal.relations.commitments import (
    addressee,
    asked_for,
    asked_to_answer,
    asking,
    broken,
    found,
    other_side,
    pending,
    promisor,
    round_over,
    unanswered,
    unverified,
    verifier,
    waiting,
)
from portal.relations.groups import (
    group_keeper,
    group_member,
    on_group_list,
    open_list,
)
from portal.relations.lists import (
    client_of_listed,
    excepted,
    list_of_matter,
    listed,
    marked,
    named,
)
from portal.relations.notices import (
    acknowledged,
    author,
    opened,
    own_liaison,
    own_side,
    published,
)
from portal.relations.organisations import (
    CONVENERS,
    SPEAKERS,
    admin,
    convener,
    liaison,
    mediator,
    member,
    speaker,
)
from portal.relations.people import (
    colleague,
    invited,
    looked_after,
    oneself,
    turned_to,
)
from portal.relations.processes import (
    has_seat,
    on_team,
    seated,
    seats_open,
)
from portal.relations.sentence import (
    Clause,
    Relation,
    Who,
    relation,
    some,
)

__all__ = [
    "CONVENERS",
    "SPEAKERS",
    "Clause",
    "Relation",
    "Who",
    "acknowledged",
    "addressee",
    "admin",
    "anyone",
    "appointed",
    "asked_for",
    "asked_to_answer",
    "asking",
    "auditor",
    "author",
    "belongs",
    "broken",
    "client_of_listed",
    "colleague",
    "convener",
    "excepted",
    "found",
    "group_keeper",
    "group_member",
    "has_seat",
    "home_of",
    "house",
    "in_force",
    "invited",
    "liaison",
    "list_of_matter",
    "listed",
    "looked_after",
    "marked",
    "mediator",
    "member",
    "named",
    "on_group_list",
    "on_team",
    "oneself",
    "open_list",
    "opened",
    "other_side",
    "own_liaison",
    "own_side",
    "pending",
    "promisor",
    "published",
    "relation",
    "round_over",
    "seated",
    "seats_open",
    "some",
    "speaker",
    "standing",
    "steward",
    "turned_to",
    "unanswered",
    "unverified",
    "verifier",
    "waiting",
]
