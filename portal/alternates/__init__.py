"""The service for alternates: declared, accepted or declined, ended; and who acts for whom."""

from portal.alternates.answering import accept, decline, end
from portal.alternates.declaring import Chosen, appoint_alternate, declare_alternate
from portal.alternates.reading import (
    AlternateRow,
    Around,
    around,
    colleagues,
    mine,
    read,
    readable_processes,
)
from portal.alternates.scopes import ROLES
