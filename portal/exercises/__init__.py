"""The service for exercises: written, run by the minute, looked back on, and removed as a whole."""

from portal.exercises.calendars import meetings_of
from portal.exercises.ending import cancel, close, erase
from portal.exercises.findings import Finding, add_finding, both_parties, finding, take_up
from portal.exercises.hot_wash import write_note
from portal.exercises.listing import Filter, beside, listed
from portal.exercises.planning import (
    InjectText,
    inject_text,
    inject_to_change,
    plan,
    remove_inject,
)
from portal.exercises.publishing import publish
from portal.exercises.reading import Reading, read
from portal.exercises.running import (
    answer,
    conclude,
    inject_for,
    release,
    release_due,
    start,
    with_due_injects,
)
from portal.exercises.seating import Candidate, Seating, candidates, parties_of, seat, seats_of
from portal.exercises.text import USUAL_MINUTES, ExerciseText, from_scenario, text_of
from portal.exercises.words import KINDS, ROLES
from portal.exercises.writing import (
    draft_exercise,
    edit,
    party_names,
    who_will_see,
    who_would_see,
)
