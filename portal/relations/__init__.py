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
    in_force,
    standing,
    steward,
)
from portal.relations.groups import group_keeper, group_member, on_group_list, open_list
from portal.relations.notices import (
    acknowledged,
    author,
    client_of_listed,
    excepted,
    listed,
    marked,
    named,
    opened,
    own_liaison,
    own_side,
    published,
)
from portal.relations.organisations import CONVENERS, admin, convener, liaison, member
from portal.relations.people import colleague, invited, looked_after, oneself, turned_to
from portal.relations.sentence import Clause, Relation, Who, relation, some

__all__ = [
    "CONVENERS",
    "Clause",
    "Relation",
    "Who",
    "acknowledged",
    "admin",
    "anyone",
    "appointed",
    "auditor",
    "author",
    "belongs",
    "client_of_listed",
    "colleague",
    "convener",
    "excepted",
    "group_keeper",
    "group_member",
    "home_of",
    "in_force",
    "invited",
    "liaison",
    "listed",
    "looked_after",
    "marked",
    "member",
    "named",
    "on_group_list",
    "oneself",
    "open_list",
    "opened",
    "own_liaison",
    "own_side",
    "published",
    "relation",
    "some",
    "standing",
    "steward",
    "turned_to",
]
