"""Times that are offered: what they are in each zone, how fair they are there, which is the best.

It knows no database: services and pages hand in times, sides and answers, and take what comes out.
"""

from portal.slots.answers import Answered, Answers, Offer, Side
from portal.slots.fair import (
    BANDS,
    SORT_MEANING,
    WEEKEND,
    Sort,
    Stretch,
    hour_sort,
    stretches,
    weekend,
)
from portal.slots.ranking import Ranked, rank
from portal.slots.suggest import Suggested, suggest
from portal.slots.times import Shown, Wall, clock, instant_of, name_of, problem_of, shown, twice
from portal.slots.week import Place, Reading, Week, cell_of, local_hours, places_of, week_of
