"""The service for processes: opened, said anew, seated, moved from phase to phase, read."""

from portal.processes.board import FLAGS, Board, differs, overdue, waits
from portal.processes.linking import link, unlink
from portal.processes.listing import listing
from portal.processes.phases import (
    agree,
    begin_talks,
    close,
    edit,
    implement,
    open_process,
    pause,
    prepare,
)
from portal.processes.reading import Reading, read, seat_rows
from portal.processes.seating import Seats, offers, parties_of, seat, seats_of
