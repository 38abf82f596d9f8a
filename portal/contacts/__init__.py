"""The service for contact points: the living directory of whom to reach."""

from portal.contacts.calling import Call, who_to_call
from portal.contacts.checking import (
    answer,
    answer_by_key,
    asked_with,
    check,
    escalate,
    remove_exercises,
)
from portal.contacts.duty import Shift, chain, chains, is_on_duty, next_opening
from portal.contacts.exporting import HEADS, as_table, export, export_many
from portal.contacts.importing import import_all, read_file, with_those_there
from portal.contacts.keeping import (
    BY_HAND,
    add_contact,
    edit,
    publish,
    retire,
    verify,
    who_will_see,
    who_would_see,
)
from portal.contacts.listing import (
    Filter,
    as_on_call,
    beside,
    listed,
    of_organisation,
    on_duty,
    possible_holders,
)
from portal.contacts.reading import CheckRow, Reading, read
from portal.contacts.text import (
    ContactText,
    fingerprint_from,
    languages_from,
    phones_from,
    text_of,
)
from portal.contacts.vcards import as_vcards
