"""Delivers as a process of its own: `python -m tests.jobs.deliverer URL SMTP_URL AT [LEASE]`.

AT is the time at which it delivers once; with a LEASE (seconds) it goes on by the real clock until
it is killed.
"""

import sys
import time
from datetime import datetime, timedelta

from portal import delivery, outbox
from portal.clock import now
from portal.db import make_engine, make_sessions
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.smtp import SmtpTransport

if __name__ == "__main__":
    url, smtp, at, *lease = sys.argv[1:]
    paper = MailSettings("https://portal.example", "Good Offices <portal@portal.example>")
    sessions, transport = make_sessions(make_engine(url)), SmtpTransport(smtp)
    if not lease:
        deliver(sessions, transport, paper, datetime.fromisoformat(at))
        sys.exit(0)
    vars(outbox)["LEASE"] = timedelta(seconds=float(lease[0]))
    delivery.RENEW_EVERY = float(lease[0]) / 5
    while True:
        deliver(sessions, transport, paper, now)
        time.sleep(0.2)
