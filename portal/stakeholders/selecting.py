"""What somebody selects in the directory: a table of the organisations."""

from typing import Final

from models.stakeholders import Organisation
from portal.access import readable
from portal.rules import ORGANISATIONS, READ
from portal.selection import Selection

# The directory names nobody: whoever reads it may take it along.
SELECTED: Final = Selection(
    ORGANISATIONS,
    readable(
        ORGANISATIONS,
        Organisation.id,
        Organisation.ref,
        Organisation.name.label("title"),
        Organisation.kind,
        Organisation.country,
        Organisation.state,
        Organisation.version.label("edition"),
    ),
    export=READ,
)
