"""The registry of norms: UN norms, pledges, confidence-building measures, guidance, and law beside.

Each text is our own paraphrase in the mood of the original, with the official symbol, its status
(voluntary, binding, guidance, proposal) and how far it is verified; a record is only ever relevant
to a norm.
"""

from portal.norms.instruments import INSTRUMENTS
from portal.norms.registry import (
    FRAMEWORKS,
    NORMS,
    PLEDGES,
    Found,
    Index,
    find,
    in_framework,
    index,
    label,
    words_in,
)
from portal.norms.shapes import (
    STATUS_LABELS,
    STATUSES,
    VERIFICATION_LABELS,
    VERIFICATIONS,
    Framework,
    Instrument,
    Norm,
    Point,
)
from portal.norms.topics import TOPICS
