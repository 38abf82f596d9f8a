"""What is selected in the directory of organisations: a page of it, and a table."""

from typing import Any, Final

from flask.typing import ResponseReturnValue

from blueprints.selecting import Selecting, selected_page, selected_table
from blueprints.stakeholders.views import stakeholders
from models.vocabulary import ORGANISATION_KINDS
from portal import stakeholders as service
from portal import web
from portal.catalogue.stakeholders import ORGANISATION
from portal.language import gettext, lazy_gettext
from portal.rules import ORGANISATIONS
from portal.spreadsheets import Cell
from portal.template_filters import country
from portal.words import N_

HEADS: Final = (
    lazy_gettext("Reference"),
    lazy_gettext("Name"),
    lazy_gettext("Type"),
    lazy_gettext("Country"),
    lazy_gettext("State"),
)


def _cells(row: Any) -> list[Cell]:
    kind, state = ORGANISATION_KINDS[row.kind], ORGANISATION.states[row.state]
    return [row.ref, row.title, gettext(kind), country(row.country), gettext(state)]


SELECTED: Final = Selecting(
    pages="stakeholders",
    noun=ORGANISATIONS.name,
    heading=N_("Selected organisations"),
    selection=service.SELECTED,
    heads=HEADS,
    cells=_cells,
    marked=False,
)


@stakeholders.get("/selected")
def selected() -> ResponseReturnValue:
    """Show which organisations are selected, and whether they can be exported."""
    return selected_page(SELECTED)


@stakeholders.get("/selected.csv")
@web.records
def selected_csv() -> ResponseReturnValue:
    """Hand out the selected organisations as CSV."""
    return selected_table(SELECTED)
