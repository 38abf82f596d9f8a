"""Names and addresses as people type them, and what is wrong with them, next to the field."""

from models.names import Unfit, address, folded, spelled
from portal.errors import Invalid
from portal.words import N_

LONGEST = 120


def name_from(typed: str, field: str = "name") -> str:
    """The name in its one spelling; raises Invalid for the field where it cannot be taken."""
    if not typed.strip():
        raise Invalid({field: N_("Enter a name.")})
    try:
        name = spelled(typed)
        folded(name)
    except Unfit as why:
        raise Invalid(
            {field: N_("This name contains an invisible or control character. Type it again.")}
        ) from why
    if len(name) > LONGEST:
        raise Invalid({field: N_("Use at most 120 characters.")})
    return name


def address_from(typed: str, field: str = "email") -> str:
    """The e-mail address in its one spelling; raises Invalid where it is none."""
    try:
        return address(typed)
    except Unfit as why:
        raise Invalid({field: N_("This is not an e-mail address.")}) from why
