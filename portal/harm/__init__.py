"""The service for harm: stated or cited, with its unknowns, and summed with what is left out."""

from portal.harm.amounts import NOT_KNOWN, Amount, Total, read_part, totals, written
from portal.harm.importing import import_all, read_table, with_those_there
from portal.harm.listing import Beside, Filter, beside, listed, may_enter
from portal.harm.publishing import ask_consent, consent, correct, publish, take_back, withdraw
from portal.harm.reading import Reading, read
from portal.harm.spreading import STEPS, Group, Narrow, Placed, Spread, spread, spread_of
from portal.harm.text import HarmText, amount_of, text_of
from portal.harm.together import TAKEN_ALONG, HarmRow, OnOne, on_one, together
from portal.harm.writing import (
    cite_harm,
    edit,
    key_of_notice,
    notice_ref,
    state_harm,
    who_will_see,
    who_would_see,
)
