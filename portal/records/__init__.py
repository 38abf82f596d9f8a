"""The service for records: written, sent round, adopted, redacted."""

from portal.records.action_items import ActionText, add_action, at_table, remove_action
from portal.records.adopting import (
    adopt_if_unopposed,
    due_for_adoption,
    first_broken_seal,
    is_due,
    settle_silence,
    silence_ended,
)
from portal.records.bars import BAR
from portal.records.circulating import (
    MOST_DAYS,
    Ready,
    circulate,
    comment,
    object_late,
    object_to,
    points_of,
    ready,
    recall,
    was_asked,
)
from portal.records.editing import Sheet, loses, same, sheet
from portal.records.editions import Altered, compare
from portal.records.from_action_items import Task, take_up, task
from portal.records.listing import Page, latest, waiting
from portal.records.lock import lock
from portal.records.names import Found, names_in
from portal.records.reading import Reading, read
from portal.records.redacted import Marks, Passage, passages_of
from portal.records.redacting import (
    Preview,
    confirm,
    edit,
    preview,
    preview_edit,
    redact,
)
from portal.records.text import record_text, sha256_of, text_from
from portal.records.versions import Behind, Version, behind, suggested, tried, version_of
from portal.records.writing import (
    PointText,
    add_point,
    draft_record,
    move_point,
    point_text,
    remove_point,
    write_point,
)

__all__ = [
    "BAR",
    "MOST_DAYS",
    "ActionText",
    "Altered",
    "Behind",
    "Found",
    "Marks",
    "Page",
    "Passage",
    "PointText",
    "Preview",
    "Reading",
    "Ready",
    "Sheet",
    "Task",
    "Version",
    "add_action",
    "add_point",
    "adopt_if_unopposed",
    "at_table",
    "behind",
    "circulate",
    "comment",
    "compare",
    "confirm",
    "draft_record",
    "due_for_adoption",
    "edit",
    "first_broken_seal",
    "is_due",
    "latest",
    "lock",
    "loses",
    "move_point",
    "names_in",
    "object_late",
    "object_to",
    "passages_of",
    "point_text",
    "points_of",
    "preview",
    "preview_edit",
    "read",
    "ready",
    "recall",
    "record_text",
    "redact",
    "remove_action",
    "remove_point",
    "same",
    "settle_silence",
    "sha256_of",
    "sheet",
    "silence_ended",
    "suggested",
    "take_up",
    "task",
    "text_from",
    "tried",
    "version_of",
    "waiting",
    "was_asked",
    "write_point",
]
