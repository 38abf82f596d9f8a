"""Addressing a matter: its recipient list, who that reaches, and how its readers find it."""

from portal.addressing.choosing import UNREAD, choices, homes
from portal.addressing.lists import Addressing, lines_of, list_of, write_list
from portal.addressing.moments import audience_of, audience_of_people
from portal.addressing.principals import (
    EVERYONE,
    Reader,
    can_find,
    keys_of,
    principals,
    principals_of,
)
from portal.addressing.reach import Reach, reach_of
from portal.addressing.voices import (
    READS,
    SPEAKS,
    NotAskedRow,
    nobody,
    parties_not_asked,
    recipients_not_asked,
)

__all__ = [
    "EVERYONE",
    "READS",
    "SPEAKS",
    "UNREAD",
    "Addressing",
    "NotAskedRow",
    "Reach",
    "Reader",
    "audience_of",
    "audience_of_people",
    "can_find",
    "choices",
    "homes",
    "keys_of",
    "lines_of",
    "list_of",
    "nobody",
    "parties_not_asked",
    "principals",
    "principals_of",
    "reach_of",
    "recipients_not_asked",
    "write_list",
]
