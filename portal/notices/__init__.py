"""The desk for notices: written, published, read, acknowledged, corrected, closed, withdrawn."""

from portal.notices.acting import acknowledge, close, comment, correct, publish, withdraw
from portal.notices.addressing import Addressing, Reach, list_of, reach_of
from portal.notices.choosing import choices
from portal.notices.index import expected_rows, reindex
from portal.notices.listing import Filter, Page, drafts, newest, principals
from portal.notices.reading import Reading, ledger_of, read
from portal.notices.text import NoticeText, text_of
from portal.notices.writing import draft, edit, who_will_see

__all__ = [
    "Addressing",
    "Filter",
    "NoticeText",
    "Page",
    "Reach",
    "Reading",
    "acknowledge",
    "choices",
    "close",
    "comment",
    "correct",
    "draft",
    "drafts",
    "edit",
    "expected_rows",
    "ledger_of",
    "list_of",
    "newest",
    "principals",
    "publish",
    "reach_of",
    "read",
    "reindex",
    "text_of",
    "who_will_see",
    "withdraw",
]
