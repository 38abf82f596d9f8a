"""The service for records: written, sent round, adopted, redacted."""

from portal.bars import BAR
from portal.records.action_items import ActionText, add_action, at_table, remove_action
from portal.records.adopting import (
    adopt,
    due_for_adoption,
    first_broken_seal,
    is_due,
    settle_silence,
    silence_ended,
)
from portal.records.circulating import (
    Ready,
    agree,
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
from portal.records.listing import Filter, latest, listed, waiting
from portal.records.lock import lock
from portal.records.names import Found, names_in
from portal.records.openings import Opening, openings
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
from portal.records.selecting import SELECTED
from portal.records.silence import MOST_DAYS
from portal.records.text import record_text, sha256_of, text_from
from portal.records.versions import Behind, Version, behind, suggested, tried, version_of
from portal.records.writing import (
    PointText,
    add_point,
    draft_record,
    move_point,
    point_text,
    remove_point,
    write,
)
