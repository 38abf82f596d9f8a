"""Words of marking as they are met in files of others, and names of fields that restrict."""

from portal.marking_words.banners import banner_before, banners_in, markings_in
from portal.marking_words.handling import names_a_restriction, restricts, speaks_of_handling
from portal.marking_words.spelling import (
    folded,
    hint,
    letters,
    marking_on,
    means_pap,
    means_tlp,
    named_in,
    plain_pap,
    plain_tlp,
    speaks_of_pap,
    speaks_of_tlp,
)
