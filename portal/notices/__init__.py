"""The desk for notices: written, published, read, acknowledged, corrected, closed, withdrawn."""

from portal.notices.acting import acknowledge, close, comment, correct, publish, withdraw
from portal.notices.addressing import Addressing, list_of
from portal.notices.attaching import attach, detach, downloads_of, open_file
from portal.notices.choosing import choices, homes
from portal.notices.comparing import Change, changes, compare
from portal.notices.index import expected_rows, reindex
from portal.notices.listing import (
    Filter,
    Page,
    drafts,
    in_state,
    keys_of,
    newest,
    principals,
    proposed,
)
from portal.notices.reach import Reach, reach_of
from portal.notices.reading import Reading, read
from portal.notices.text import NoticeText, text_of
from portal.notices.told import ledger_of
from portal.notices.writing import draft, edit, who_will_see, who_would_see

__all__ = [
    "Addressing",
    "Change",
    "Filter",
    "NoticeText",
    "Page",
    "Reach",
    "Reading",
    "acknowledge",
    "attach",
    "changes",
    "choices",
    "close",
    "comment",
    "compare",
    "correct",
    "detach",
    "downloads_of",
    "draft",
    "drafts",
    "edit",
    "expected_rows",
    "homes",
    "in_state",
    "keys_of",
    "ledger_of",
    "list_of",
    "newest",
    "open_file",
    "principals",
    "proposed",
    "publish",
    "reach_of",
    "read",
    "reindex",
    "text_of",
    "who_will_see",
    "who_would_see",
    "withdraw",
]
