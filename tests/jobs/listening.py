"""Runs the jobs as a process of their own: `python -m tests.jobs.listening URL INBOUND SECRET…`."""

import sys

from portal.calendars import reply_to
from portal.db import make_engine, make_sessions
from portal.emails import MailSettings
from portal.schedule import run
from portal.smtp import SmtpTransport

if __name__ == "__main__":
    url, inbound, *secrets = sys.argv[1:]
    back = reply_to("answers@portal.example", *secrets)
    paper = MailSettings("https://portal.example", "Good Offices <portal@portal.example>", back)
    # Nobody takes e-mails there: they wait, and the answers do not wait for them.
    run(make_sessions(make_engine(url)), SmtpTransport("smtp://127.0.0.1:1"), paper, inbound)
