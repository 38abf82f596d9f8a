"""How an e-mail reaches the mail server: its address, its patience, and whose fault a fault is."""

from portal.smtp.connection import Patience, SmtpConnection, SmtpTransport
from portal.smtp.faults import (
    STAGES,
    Alone,
    Connection,
    Connects,
    Deferred,
    Doubtful,
    Dropped,
    ServerFault,
    Transport,
    Undeliverable,
)
from portal.smtp.server import MailServer, mail_server
