"""The service for releases: from what is not public to a text that is, by the consent of all."""

from portal.releases.agreeing import (
    confirm,
    consent,
    decline,
    look,
    propose,
    reply,
    sign,
    take_back,
)
from portal.releases.listing import Filter, beside, listed
from portal.releases.parties import parties_chosen
from portal.releases.public import check_copy, public_file, public_list, public_text
from portal.releases.publishing import Files, Outgoing, correct, outgoing, release, withdraw
from portal.releases.reading import Reading, read
from portal.releases.sources import column_of, source_type
from portal.releases.text import ReleaseText, redacted, still_shown, text_of
from portal.releases.writing import derive, draft_release, edit
