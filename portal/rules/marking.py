"""What a marking allows, said once for every noun that carries one."""

from typing import Final

from models.vocabulary import Tlp
from portal.relations import (
    anyone,
    author,
    client_of_listed,
    excepted,
    listed,
    marked,
    named,
    own_side,
    own_speaker,
    published,
)

# Content of these markings may stand in an e-mail; all others travel as reference and link alone.
OPEN_BY_MAIL: Final = frozenset({Tlp.CLEAR, Tlp.GREEN})

# What the recipient list of each marking may hold ("exception": an entry taken out again).
ADDRESSABLE: Final = {
    Tlp.CLEAR: frozenset({"organisation", "group", "process", "person"}),
    Tlp.GREEN: frozenset({"organisation", "group", "process", "person"}),
    Tlp.AMBER: frozenset({"organisation", "group", "process", "person", "exception"}),
    Tlp.AMBER_STRICT: frozenset({"organisation", "group", "process", "person", "exception"}),
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
# What is for named people alone is no source of a public text.
red = marked(Tlp.RED)
may_act_for_author = author | own_speaker
