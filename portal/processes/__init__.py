"""The service for processes: opened, said anew, seated, moved from phase to phase, read."""

from portal.processes.linking import link, unlink
from portal.processes.listing import listing
from portal.processes.phases import edit, move, open_process
from portal.processes.reading import Reading, read, seat_rows
from portal.processes.seating import Seats, offers, seat, seats_of
