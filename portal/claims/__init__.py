"""The service for claims: written, put to reply, published beside one another, never judged."""

from portal.claims.confidence import NUMBER, SCALES, Confidence, confidence_of
from portal.claims.listing import Beside, Filter, beside, listed, may_post
from portal.claims.publishing import (
    SHORTEST,
    ask_reply,
    consent,
    correct,
    publish,
    reply,
    take_back,
    withdraw,
)
from portal.claims.quoted import Quoted, QuotedRow, quote, quoted_problems, quoted_rows
from portal.claims.quoted import Sort as QuotedSort
from portal.claims.reading import Reading, read
from portal.claims.side_by_side import TAKEN_ALONG, SideBySide, beside_one_another, side_by_side
from portal.claims.text import ClaimText, text_of
from portal.claims.writing import (
    NOWHERE,
    edit,
    key_of_claim,
    key_of_notice,
    post_claim,
    refs_of,
    who_will_see,
    who_would_see,
)
