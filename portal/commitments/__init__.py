"""The service for commitments: promised, agreed on, kept or not, in two voices."""

from portal.commitments.agreement import accept, counter, decline, propose, withdraw
from portal.commitments.amending import (
    amend,
    ask_release,
    asked_again,
    compare_asked,
    consent,
    open_request,
    read_terms,
    refuse,
    release,
    take_back,
)
from portal.commitments.comments import comment
from portal.commitments.conditions import add_condition, remove_condition
from portal.commitments.counting import MOST_ROWS, OUTCOMES
from portal.commitments.dependency_graph import Web, web_of
from portal.commitments.dues import milestones_of
from portal.commitments.evidence import Shown, add_evidence, open_evidence
from portal.commitments.exporting import Sheet, export
from portal.commitments.filtering import LAST_ENDED, NEXT_DUE, OURS, WALKS, Filter
from portal.commitments.index import expected_rows
from portal.commitments.limits import MOST, strictest
from portal.commitments.listed_rows import latest
from portal.commitments.listing import Beside, beside, nearest, overview
from portal.commitments.measuring import Days, Progress, Theme, behind, progress
from portal.commitments.next_moves import Move, differ, next_move
from portal.commitments.parties import Between, between
from portal.commitments.reading import Reading, read
from portal.commitments.reminding import remind
from portal.commitments.reports import (
    FOUND,
    REPORTED,
    Said,
    declare_unmet,
    reply,
    report,
    verify,
)
from portal.commitments.selecting import (
    SELECTED,
    can_be_reminded,
    export_selected,
    remind_selected,
)
from portal.commitments.status import Standing, own_evidence, standing, statements_picture
from portal.commitments.text import CommitmentText, StepText, text_from, text_of
from portal.commitments.timing import apply_due_transitions, due_for_the_system, in_state
from portal.commitments.transitions import lapse, lock, open_round, resume, settle, start, suspend
from portal.commitments.writing import draft_commitment, edit, who_will_see, who_would_see
