"""The service for units of training that stewards write: drafted, published, withdrawn."""

from portal.units.listing import listing, may_write
from portal.units.reading import (
    Reading,
    edition_of,
    kept_text,
    named,
    outlines,
    published,
    read,
    text_of,
    withdrawn,
)
from portal.units.requiring import Required, required_before
from portal.units.writing import (
    OFFICE_REF,
    correct,
    draft_unit,
    edit,
    erase,
    publish,
    withdraw,
)
