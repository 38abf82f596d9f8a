"""Meetings in other people's calendars: invitations out, answers in, feeds to subscribe to.

It knows no database: desks hand in meetings and take answers out.
"""

from portal.calendars.listener import Listener
from portal.calendars.meeting import Meeting, cancellation, feed, invitation
from portal.calendars.parts import attach
from portal.calendars.replies import Answer, Reply, reply_address, reply_in, token_in
from portal.calendars.tokens import ReplyTo, is_token_of, reply_to, token_of, uid_of

__all__ = [
    "Answer",
    "Listener",
    "Meeting",
    "Reply",
    "ReplyTo",
    "attach",
    "cancellation",
    "feed",
    "invitation",
    "is_token_of",
    "reply_address",
    "reply_in",
    "reply_to",
    "token_in",
    "token_of",
    "uid_of",
]
