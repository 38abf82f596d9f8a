"""Spans of time in texts ("within 14 days"), and which of them may stand without a day."""

import re
from typing import Final

NUMBER: Final = r"(?:an?|one|two|three|\d+|%\(\w+\)s)"
UNIT: Final = r"(?:minute|hour|day|week|month|year)s?"
# Before what: within 14 days, in less than an hour, after %(num)s days, the next 7 days.
AHEAD: Final = r"(?:within|in|after|for|next|last|at least|up to|once in)(?: the)?"
SPAN: Final = re.compile(
    rf"\b{AHEAD}(?: (?:less|more) than| the last| the next| last)? {NUMBER}"
    rf"(?: (?:business|calendar))? {UNIT}\b",
    re.IGNORECASE,
)
# What a text puts in where it says the day or the hour as well.
SAYS_WHEN: Final = re.compile(r"%\((?:day|time|until|at|date|end)\)s")

# What says how long something takes or how often it is done, whatever the day.
RULES: Final = {
    "A reminder is sent to nobody who has acknowledged, and to each person once in 20 hours.": (
        "how often"
    ),
    "A reminder was sent within the last 20 hours.": "how often; the page has when it was sent",
    "An alternate acts for one year at the most.": "the most that can be chosen",
    "An e-mail asks whether somebody answers, on a day that nobody can foresee. Whatever is "
    "chosen, a contact point counts as verified for 90 days.": "how long, from a day yet to come",
    "At least three days from now.": "the least that can be typed",
    "Every delegation without participants was reminded within the last 20 hours.": "how often",
    "Everyone who has not responded was reminded within the last 20 hours.": "how often",
    "For example 2026-12-04 15:00, in %(zone)s; at least 24 hours from now. Leave it empty to "
    "count whole days.": "the least that can be typed",
    "Give hours for at least one day, or agree to any hour.": "a day of the week, no span",
    "Give them at least three days.": "the least that can be typed",
    "Next 7 days": "heading of rows of which each says its day",
    "Nobody was reminded: they have acknowledged the notice, or were reminded within the last 20 "
    "hours.": "how often",
    "Quiet for %(num)s day": "a filter",
    "Quiet for %(num)s days": "a filter",
    "Reminders go to delegations that have not responded to the proposed times and were not "
    "reminded within the last 20 hours.": "how often",
    "Reminders go to recipients who have not acknowledged and were not reminded within the last "
    "20 hours.": "how often",
    "The e-mail will be sent again within a minute.": "at once, seen on the page",
    "%(num)s e-mail will be sent again within a minute.": "at once, seen on the page",
    "%(num)s e-mails will be sent again within a minute.": "at once, seen on the page",
    "The silence procedure lasts at least 24 hours.": "the least that can be chosen",
    "Try your phone's strongest protection mode for a week, and restart the phone every "
    "morning.": "advice",
    "Within 14 days": "a filter",
    "Without an answer in 24 hours the next deputy who is on duty is asked.": (
        "counted from the check that is not started yet; its page then says until when"
    ),
    "You can send this again in a minute.": "at once; whoever waits is looking at it",
    "You can send this again in %(num)s minutes.": "within the hour; whoever waits looks at it",
    "after %(num)s minute": "how long it took, in a row that has its day",
    "after %(num)s minutes": "how long it took, in a row that has its day",
    "in less than an hour": "stands beside its time, never alone",
    "the text has %(words)s words, about 150 are read in a minute": "how fast",
}
# Texts of laws, which count from an event: their pages say so.
LAWS: Final = "portal/norms/"
# Of e-mails the whole is looked at, since the day stands in a line of its own:
# tests/jobs/test_email_texts.py.
EMAILS: Final = "templates/emails/"
