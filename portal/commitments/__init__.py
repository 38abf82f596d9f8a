"""The desk for commitments: promised, agreed on, kept or not, in two voices."""

from portal.commitments.acting import accept, counter, decline, propose, withdraw
from portal.commitments.amending import (
    amend,
    ask_release,
    compare_asked,
    compare_terms,
    consent,
    refuse_asked,
    release,
    take_back,
)
from portal.commitments.conditions import hang, unhang
from portal.commitments.dues import milestones_of
from portal.commitments.evidence import Shown, add_evidence, open_evidence
from portal.commitments.exporting import Sheet, export
from portal.commitments.gathering import MOST, strictest
from portal.commitments.hanging import Web, web_of
from portal.commitments.index import expected_rows
from portal.commitments.listing import Filter, Page, drafts, latest, nearest, overview
from portal.commitments.measuring import Days, Progress, Theme, progress
from portal.commitments.moving import Move, differ, next_move
from portal.commitments.parties import Between, between
from portal.commitments.reading import Reading, read
from portal.commitments.settling import hold, settle
from portal.commitments.standing import Standing, own_evidence, standing, voices_picture
from portal.commitments.text import CommitmentText, StepText, text_from, text_of
from portal.commitments.timing import due_for_the_house, in_state, keep_time
from portal.commitments.voices import (
    FOUND,
    REPORTED,
    Said,
    declare_unmet,
    find,
    reply,
    report,
)
from portal.commitments.writing import draft, edit, who_will_see, who_would_see

__all__ = [
    "FOUND",
    "MOST",
    "REPORTED",
    "Between",
    "CommitmentText",
    "Days",
    "Filter",
    "Move",
    "Page",
    "Progress",
    "Reading",
    "Said",
    "Sheet",
    "Shown",
    "Standing",
    "StepText",
    "Theme",
    "Web",
    "accept",
    "add_evidence",
    "amend",
    "ask_release",
    "between",
    "compare_asked",
    "compare_terms",
    "consent",
    "counter",
    "declare_unmet",
    "decline",
    "differ",
    "draft",
    "drafts",
    "due_for_the_house",
    "edit",
    "expected_rows",
    "export",
    "find",
    "hang",
    "hold",
    "in_state",
    "keep_time",
    "latest",
    "milestones_of",
    "nearest",
    "next_move",
    "open_evidence",
    "overview",
    "own_evidence",
    "progress",
    "propose",
    "read",
    "refuse_asked",
    "release",
    "reply",
    "report",
    "settle",
    "standing",
    "strictest",
    "take_back",
    "text_from",
    "text_of",
    "unhang",
    "voices_picture",
    "web_of",
    "who_will_see",
    "who_would_see",
    "withdraw",
]
