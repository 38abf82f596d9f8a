"""What is selected in the list: a page that says what can be done with each, and reminders."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from blueprints.commitments.views import commitments
from portal import commitments as service
from portal import web
from portal.ladders import REMINDERS_APART
from portal.language import gettext, ngettext
from portal.parsing import reference


def refs_of(sent: MultiDict[str, str]) -> list[str]:
    """The references that were selected; at most 100 count."""
    return [reference(ref) for ref in sent.getlist("ref")][: service.MOST_SELECTED]


@commitments.get("/selected")
def selected() -> ResponseReturnValue:
    """Show what is selected, and of each what can be done with it and what was."""
    refs = refs_of(request.args)
    rows = service.selected(web.session(), web.actor(), refs, g.now)
    return render_template(
        "commitments/selected.html",
        rows=rows,
        refs=[row.ref for row in rows],
        missing=len(set(refs)) - len(rows),
        due=[row.ref for row in rows if service.can_be_reminded(row, g.now)],
        apart=REMINDERS_APART,
        move=service.next_move,
    )


@commitments.post("/selected/remind")
@web.limiter.limit(web.WRITES_EMAILS)
def remind_selected() -> ResponseReturnValue:
    """Remind whose move it is of each that is selected; the page after it says what was sent."""
    refs = refs_of(request.form)
    sent, kept = service.remind_selected(web.session(), web.actor(), refs, g.now)
    flash(ngettext("%(num)s reminder sent.", "%(num)s reminders sent.", sent))
    if kept:
        words = gettext("%(n)s not sent: the table says why.", n=kept)
        flash(words, "warning")
    return redirect(url_for("commitments.selected", ref=refs))
