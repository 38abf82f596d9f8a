"""Meetings in other people's calendars: invitations out, answers in, feeds to subscribe to.

It knows no database: services hand in meetings and take answers out.
"""

from portal.calendars.itip import Proposal, Said
from portal.calendars.listener import Listener
from portal.calendars.meeting import (
    CHAIR,
    OPTIONAL,
    PARTICIPANT,
    Meeting,
    announcement,
    cancellation,
    declined_counter,
    feed,
    invitation,
)
from portal.calendars.parts import attach, put_text
from portal.calendars.replies import Reply, reply_address, reply_in, token_in
from portal.calendars.tokens import ReplyTo, is_token_of, reply_to, token_of, uid_of
