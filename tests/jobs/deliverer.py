"""Delivers once, as a process of its own: `python -m tests.jobs.deliverer URL SMTP_URL AT`."""

import sys
from datetime import datetime

from portal.db import make_engine, make_sessions
from portal.delivery import deliver
from portal.letters import SmtpTransport, Stationery

if __name__ == "__main__":
    url, smtp, at = sys.argv[1:]
    paper = Stationery("https://portal.example", "Good Offices <portal@portal.example>")
    sessions = make_sessions(make_engine(url))
    deliver(sessions, SmtpTransport(smtp), paper, datetime.fromisoformat(at))
