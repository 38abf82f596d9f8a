"""The service for notices: written, published, read, acknowledged, corrected, closed, withdrawn."""

from portal.notices.attaching import attach, detach, open_file
from portal.notices.comparing import compare
from portal.notices.delivery_status import read_ledger, totals
from portal.notices.filtering import WALKS, Filter
from portal.notices.index import expected_rows, reindex
from portal.notices.indicators import TypedSign, WrongRow, add_signs, read_rows
from portal.notices.listing import Beside, beside, in_state, newest
from portal.notices.publishing import acknowledge, close, comment, correct, publish, withdraw
from portal.notices.reading import Reading, read
from portal.notices.reminding import can_be_reminded, remind
from portal.notices.selecting import SELECTED, remind_selected
from portal.notices.sharing import comments_of_others, own_for_fewer, share_comments
from portal.notices.text import UNSAID_OR, NoticeText, text_of
from portal.notices.writing import edit, post_notice, who_will_see, who_would_see
