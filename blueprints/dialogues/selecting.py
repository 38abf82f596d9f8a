"""What is selected in the list of dialogues: a page of it, reminders to respond, a table."""

from typing import Any, Final

from flask.typing import ResponseReturnValue

from blueprints.dialogues.forms import RULE_LABEL
from blueprints.dialogues.views import dialogues
from blueprints.selecting import (
    Selecting,
    due_cell,
    reminders_sent,
    selected_page,
    selected_table,
)
from portal import dialogues as service
from portal import web
from portal.catalogue.dialogues import DIALOGUE
from portal.language import gettext, lazy_gettext
from portal.rules.dialogues import DIALOGUES
from portal.spreadsheets import Cell
from portal.words import N_

ANSWERS: Final = {
    "accepted": N_("accepted"),
    "tentative": N_("tentative"),
    "declined": N_("declined"),
}
HEADS: Final = (
    lazy_gettext("Reference"),
    lazy_gettext("Marking"),
    lazy_gettext("Dialogue"),
    lazy_gettext("Convened by"),
    lazy_gettext("Rule of confidentiality"),
    lazy_gettext("State"),
    lazy_gettext("Start"),
    lazy_gettext("End"),
    lazy_gettext("Responses due by"),
    lazy_gettext("Time zone"),
    lazy_gettext("Your response"),
    lazy_gettext("Changed"),
    lazy_gettext("Own ticket number"),
)


def _cells(row: Any) -> list[Cell]:
    return [
        row.ref,
        f"TLP:{row.tlp}",
        row.title,
        row.body,
        str(RULE_LABEL[row.rule]),
        gettext(DIALOGUE.states[row.state]),
        row.starts_at,
        row.ends_at,
        due_cell(row.poll_until_at, row.zone),
        row.zone,
        gettext(ANSWERS[row.answer]) if row.answer else "",
        row.changed_at,
        row.ticket,
    ]


SELECTED: Final = Selecting(
    pages="dialogues",
    noun=DIALOGUES.name,
    heading=N_("Selected dialogues"),
    selection=service.SELECTED,
    heads=HEADS,
    cells=_cells,
    reminded=N_(
        "Reminders go to delegations that have not responded to the proposed times and were not"
        " reminded within the last 20 hours."
    ),
    can_be_reminded=service.can_be_reminded,
)


@dialogues.get("/selected")
def selected() -> ResponseReturnValue:
    """Show what is selected, and of each what can be done with it."""
    return selected_page(SELECTED)


@dialogues.get("/selected.csv")
@web.records
def selected_csv() -> ResponseReturnValue:
    """Hand out what is selected as CSV; its marking is in its name and in a column."""
    return selected_table(SELECTED)


@dialogues.post("/selected/remind")
@web.limiter.limit(web.WRITES_EMAILS)
def remind_selected() -> ResponseReturnValue:
    """Remind all who have not responded to what is selected; the page says how many were."""
    return reminders_sent("dialogues", service.remind_selected)
