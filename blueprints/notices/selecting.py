"""What is selected in the list of notices: a page of it, reminders to acknowledge, a table."""

from typing import Any, Final

from flask.typing import ResponseReturnValue

from blueprints.notices.views import notices
from blueprints.selecting import Selecting, reminders_sent, selected_page, selected_table
from models.vocabulary import COURSES, NOTICE_KINDS, SEVERITIES, STAGES
from portal import notices as service
from portal import web
from portal.catalogue.notices import NOTICE
from portal.language import gettext, lazy_gettext
from portal.rules import NOTICES
from portal.spreadsheets import Cell
from portal.words import N_

HEADS: Final = (
    lazy_gettext("Reference"),
    lazy_gettext("Marking"),
    lazy_gettext("Notice"),
    lazy_gettext("From"),
    lazy_gettext("Type"),
    lazy_gettext("Severity"),
    lazy_gettext("Ongoing or ended"),
    lazy_gettext("Stage of the report"),
    lazy_gettext("State"),
    lazy_gettext("Published"),
    lazy_gettext("Changed"),
    lazy_gettext("Acknowledge by"),
    lazy_gettext("Own ticket number"),
)


def _cells(row: Any) -> list[Cell]:
    return [
        row.ref,
        f"TLP:{row.tlp}",
        row.title,
        row.organisation,
        gettext(NOTICE_KINDS[row.kind]),
        _word(SEVERITIES, row.severity),
        _word(COURSES, row.course),
        _word(STAGES, row.stage),
        gettext(NOTICE.states[row.state]),
        row.published_at,
        row.changed_at,
        row.acknowledge_by_at,
        row.ticket,
    ]


def _word(words: dict[str, str], key: str) -> str:
    return gettext(words[key]) if key else ""


SELECTED: Final = Selecting(
    pages="notices",
    noun=NOTICES.name,
    heading=N_("Selected notices"),
    selection=service.SELECTED,
    heads=HEADS,
    cells=_cells,
    reminded=N_(
        "Reminders go to recipients who have not acknowledged and were not reminded within the last"
        " 20 hours."
    ),
)


@notices.get("/selected")
def selected() -> ResponseReturnValue:
    """Show what is selected, and of each what can be done with it."""
    return selected_page(SELECTED)


@notices.get("/selected.csv")
@web.records
def selected_csv() -> ResponseReturnValue:
    """Hand out what is selected as CSV; its marking is in its name and in a column."""
    return selected_table(SELECTED)


@notices.post("/selected/remind")
@web.limiter.limit(web.WRITES_EMAILS)
def remind_selected() -> ResponseReturnValue:
    """Remind all who have not acknowledged what is selected; the page says how many were."""
    return reminders_sent("notices", service.remind_selected)
