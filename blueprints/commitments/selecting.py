"""What is selected in the list: a page that says what can be done with each, and reminders."""

from typing import Final

from flask.typing import ResponseReturnValue

from blueprints.commitments.exporting import HEADS, cells_of
from blueprints.commitments.views import commitments
from blueprints.selecting import Selecting, reminders_sent, selected_page
from portal import commitments as service
from portal import web
from portal.rules import COMMITMENTS
from portal.words import N_

SELECTED: Final = Selecting(
    pages="commitments",
    noun=COMMITMENTS.name,
    heading=N_("Selected commitments"),
    selection=service.SELECTED,
    heads=HEADS,
    cells=cells_of,
    reminded=N_("Reminders go to whoever has the next move."),
    can_be_reminded=service.can_be_reminded,
    table="overview_csv",
    template="commitments/selected.html",
)


@commitments.get("/selected")
def selected() -> ResponseReturnValue:
    """Show what is selected, and of each what can be done with it and what was."""
    return selected_page(SELECTED, move=service.next_move)


@commitments.post("/selected/remind")
@web.limiter.limit(web.WRITES_EMAILS)
def remind_selected() -> ResponseReturnValue:
    """Remind whose move it is of each that is selected; the page after it says what was sent."""
    return reminders_sent("commitments", service.remind_selected)
