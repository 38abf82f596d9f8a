"""What is selected in the list of minutes: a page of it, and a table."""

from typing import Any, Final

from flask.typing import ResponseReturnValue

from blueprints.records.views import records
from blueprints.selecting import Selecting, due_cell, selected_page, selected_table
from models.records import RecordState
from portal import records as service
from portal import web
from portal.catalogue.records import RECORD
from portal.language import gettext, lazy_gettext
from portal.rules import RECORDS
from portal.spreadsheets import Cell
from portal.words import N_

HEADS: Final = (
    lazy_gettext("Reference"),
    lazy_gettext("Marking"),
    lazy_gettext("Minutes"),
    lazy_gettext("Convened by"),
    lazy_gettext("Dialogue"),
    lazy_gettext("Redacted version"),
    lazy_gettext("State"),
    lazy_gettext("Silence procedure ends"),
    lazy_gettext("Time zone"),
    lazy_gettext("Adopted"),
    lazy_gettext("Changed"),
    lazy_gettext("Own ticket number"),
)


def _cells(row: Any) -> list[Cell]:
    return [
        row.ref,
        f"TLP:{row.tlp}",
        row.title,
        row.body,
        row.dialogue_ref if row.knows_dialogue else "",
        gettext("yes") if row.redacted else gettext("no"),
        gettext(RECORD.states[row.state]),
        due_cell(row.silence_until_at, row.zone) if row.state == RecordState.CIRCULATED else "",
        row.zone,
        row.adopted_at,
        row.changed_at,
        row.ticket,
    ]


SELECTED: Final = Selecting(
    pages="records",
    noun=RECORDS.name,
    heading=N_("Selected minutes"),
    selection=service.SELECTED,
    heads=HEADS,
    cells=_cells,
)


@records.get("/selected")
def selected() -> ResponseReturnValue:
    """Show what is selected, and of each whether it can be exported."""
    return selected_page(SELECTED)


@records.get("/selected.csv")
@web.records
def selected_csv() -> ResponseReturnValue:
    """Hand out what is selected as CSV; its marking is in its name and in a column."""
    return selected_table(SELECTED)
