"""What somebody selects in the list of minutes: a table of them."""

from typing import Final

from models.records import Record
from portal.records.listing import shown
from portal.rules import RECORDS
from portal.selection import Selection

SELECTED: Final = Selection(RECORDS, shown().add_columns(Record.edition))
