"""Pages of releases: list, one release, correction, withdrawal."""

from operator import attrgetter
from typing import Final

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.drafting import Words, end_page
from blueprints.following import may_be_followed
from blueprints.list_pages import ListPage
from blueprints.lists import Asked
from blueprints.releases.filters import LIST
from blueprints.releases.forms import CorrectionForm
from portal import access, web
from portal import releases as service
from portal.language import gettext
from portal.precautions import DO_NO_HARM, UNINTENDED
from portal.rules import CORRECT, RELEASES, WITHDRAW
from portal.words import N_

WITHDRAWING = Words(
    ask=N_("Withdraw release"),
    done=N_("Release withdrawn."),
    lead=N_(
        "Where it is out, the public reads the day and your reason in its place. Whoever was asked "
        "still sees the reference and your reason, but no longer the text."
    ),
)
releases = Blueprint("releases", __name__, url_prefix="/releases")
may_be_followed(releases, RELEASES)


def narrowed_by(asked: Asked) -> service.Filter:
    """What an address narrows the list to."""
    return service.Filter(
        state=asked.text("state"), party=asked.number("party"), quiet=asked.number("quiet")
    )


PAGE: Final = ListPage(
    "releases",
    LIST,
    service.beside,
    service.listed,
    narrowed_by,
    {"party": attrgetter("organisation")},
)


@releases.get("/")
def index() -> ResponseReturnValue:
    """List what the person may see, last changed first or as the address asks."""
    return PAGE.drawn()


@releases.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one release as far as this person may see it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    web.let_go()
    left = service.redacted(service.text_of(reading.release)) if reading.text else None
    return render_template(
        "releases/read.html",
        reading=reading,
        release=reading.release,
        verbs=reading.verbs,
        left=left,
        questions=DO_NO_HARM,
        consequences=UNINTENDED,
    )


@releases.route("/<ref>/correct", methods=["GET", "POST"])
def correct(ref: str) -> ResponseReturnValue:
    """Begin a correction; the public reads what was released last until it is agreed on."""
    session, actor = web.session(), web.actor()
    release = access.authorize(session, actor, CORRECT, RELEASES, ref, g.now)
    form = CorrectionForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.correct(session, actor, ref, why=form.why.data or "", now=g.now)
            flash(gettext("It is a draft again. The public reads the present version meanwhile."))
            return redirect(url_for("releases.edit", ref=ref))
    page = render_template("releases/correct.html", form=form, release=release)
    return page, 422 if form.errors else 200


@releases.route("/<ref>/withdraw", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Take it back; the public reads the day and the reason."""
    return end_page(RELEASES, ref, WITHDRAW, service.withdraw, WITHDRAWING)
