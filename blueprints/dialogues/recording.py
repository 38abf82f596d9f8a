"""The button that begins the record of a dialogue."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.dialogues.views import dialogues
from portal import records, web
from portal.forms import creates
from portal.language import gettext


@dialogues.post("/<ref>/draft-record")
@creates(button=True)
def draft_record(ref: str) -> ResponseReturnValue:
    """Begin the record, and go on to write it."""
    record = records.draft_record(web.session(), web.actor(), ref, g.now)
    flash(gettext("Minutes started, with a point for each agenda item."))
    return redirect(url_for("records.write", ref=record.ref))
