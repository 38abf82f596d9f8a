"""Addressing a resource: its recipient list, who that reaches, and how its readers find it."""

from portal.recipients.able_to_respond import (
    READS,
    SPEAKS,
    NotAskedRow,
    nobody,
    parties_not_asked,
    recipients_not_asked,
)
from portal.recipients.audience_preview import AudiencePreview, audience_preview, reach_if
from portal.recipients.choosing import (
    HOSTS,
    SAVED,
    UNREAD,
    Choices,
    EntryRow,
    as_choices,
    choices,
    conveners_to_filter_by,
    entries_of,
    entry_rows,
    homes,
    names_to_filter_by,
)
from portal.recipients.lists import RecipientList, lines_of, list_of, write_list
from portal.recipients.moments import audience_of, audience_of_people
from portal.recipients.principals import (
    EVERYONE,
    Reader,
    can_find,
    keys_of,
    principals_of,
    reader_of,
)
from portal.recipients.proposals import (
    could_know_on_notice,
    could_list,
    drafts_of_own,
    homes_of,
    open_to_all,
)
from portal.recipients.saved import remove_recipients, save_recipients, saved_recipients
from portal.recipients.sent_to import notice_or_process
from portal.recipients.wider import needs_consent
