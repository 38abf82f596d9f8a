"""Pages of exercises: list, one exercise, its report, audience; cancelled, closed, removed."""

from operator import attrgetter
from typing import Final

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints import pdf_files
from blueprints.audience_forms import AskForm
from blueprints.drafting import Words, audience_page, end_page
from blueprints.exercises.filters import LIST
from blueprints.following import may_be_followed
from blueprints.list_pages import ListPage
from blueprints.lists import Asked
from portal import access, web
from portal import exercises as service
from portal.language import gettext
from portal.rules import ERASE, EXERCISES, EXPORT
from portal.rules.verbs import CANCEL
from portal.words import N_

CANCELLING = Words(
    ask=N_("Cancel exercise"),
    done=N_("Exercise cancelled."),
    lead=N_("Its recipients still see the reference and your reason, but no longer the content."),
)
exercises = Blueprint("exercises", __name__, url_prefix="/exercises")
may_be_followed(exercises, EXERCISES)


def narrowed_by(asked: Asked) -> service.Filter:
    """What an address narrows the list to."""
    return service.Filter(
        state=asked.text("state"), party=asked.number("party"), quiet=asked.number("quiet")
    )


PAGE: Final = ListPage(
    "exercises",
    LIST,
    service.beside,
    service.listed,
    narrowed_by,
    {"party": attrgetter("organisation")},
)


@exercises.get("/")
def index() -> ResponseReturnValue:
    """List what the person may see, the last to start first or as the address asks."""
    return PAGE.drawn()


@exercises.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one exercise as far as this person may see it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    web.let_go()
    return render_template(
        "exercises/read.html",
        reading=reading,
        exercise=reading.exercise,
        verbs=reading.verbs,
        kinds=service.KINDS,
        roles=service.ROLES,
        now=g.now,
    )


@exercises.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show its organisers whom it reaches, and who exported it."""
    return audience_page(EXERCISES, ref)


@exercises.get("/<ref>/export")
@web.limiter.limit(pdf_files.PRINTS)
def export(ref: str) -> ResponseReturnValue:
    """Hand out the report as PDF: what this person saw of the exercise, with the hot wash."""
    pdf_files.refuse_unprintable()
    reading = service.read(web.session(), web.actor(), ref, g.now, verb=EXPORT)
    web.let_go()
    page = render_template(
        "exercises/pdf.html",
        reading=reading,
        exercise=reading.exercise,
        kinds=service.KINDS,
        roles=service.ROLES,
        made=pdf_files.made_on(),
    )
    tlp = reading.exercise.tlp
    return pdf_files.as_pdf(page, f"EXERCISE-{ref}", tlp, title=f"EXERCISE {ref}")


@exercises.route("/<ref>/cancel", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def cancel(ref: str) -> ResponseReturnValue:
    """Call the exercise off."""
    return end_page(EXERCISES, ref, CANCEL, service.cancel, CANCELLING)


@exercises.post("/<ref>/close")
def close(ref: str) -> ResponseReturnValue:
    """Close the hot wash."""
    service.close(web.session(), web.actor(), ref, g.now)
    flash(gettext("Exercise closed. Findings can still become commitments."))
    return redirect(url_for("exercises.read", ref=ref))


@exercises.route("/<ref>/erase", methods=["GET", "POST"])
def erase(ref: str) -> ResponseReturnValue:
    """Remove the exercise as a whole, after a last look."""
    session, actor = web.session(), web.actor()
    exercise = access.authorize(session, actor, ERASE, EXERCISES, ref, g.now)
    if AskForm().validate_on_submit():
        service.erase(session, actor, ref, g.now)
        flash(gettext("Exercise removed. The audit trail keeps that there was one."))
        return redirect(url_for("exercises.index"))
    return render_template("exercises/erase.html", exercise=exercise)
