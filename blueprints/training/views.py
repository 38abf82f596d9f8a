"""What there is to learn, and one's own completions with their certificates."""

import re
from typing import Final

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints import pdf_files
from blueprints.training.forms import AskForm, BeginForm, CourseForm
from portal import access, units, web
from portal import training as service
from portal.curriculum import COURSES, READINGS, shipped
from portal.language import gettext
from portal.rules import ERASE, EXPORT, TRAINING

# Where somebody came from: a noun, the reference of one, and what they were about to do.
BACK: Final = re.compile(r"[a-z]{1,16} [A-Z]-[0-9]{2}-[0-9A-Z]{6}( [a-z-]{1,16})?")

training = Blueprint("training", __name__, url_prefix="/training")


@training.get("/")
def index() -> ResponseReturnValue:
    """List all units with where one stands in each, then courses and readings of others."""
    return render_template(
        "training/index.html",
        rows=service.offered(web.session(), web.actor(), g.now),
        writes=units.may_write(web.session(), web.actor(), g.now),
        lacking=service.lacking_of_me(web.session(), web.actor(), g.now),
        acts=service.ACTS,
        elsewhere=COURSES,
        readings=READINGS,
        taken=service.taken(web.session(), web.actor()),
    )


@training.get("/units/<key>")
def unit(key: str) -> ResponseReturnValue:
    """Show one unit: what it is about, its whole text, and what it was informed by."""
    taught = shipped(key, web.actor().language)
    if taught is None:  # what stewards wrote has a page of its own
        written = service.taught(web.session(), web.actor(), key, g.now)
        return redirect(url_for("units.read", ref=written.key))
    row = service.standing_in(web.session(), web.actor(), taught, g.now)
    return render_template("training/unit.html", unit=taught, row=row)


@training.post("/new")
def begin_unit() -> ResponseReturnValue:
    """Begin a unit, or go on with it."""
    form = BeginForm()
    if not form.validate_on_submit():
        abort(400)
    taught = service.taught(web.session(), web.actor(), form.unit.data or "", g.now)
    back = form.back.data or ""
    if not BACK.fullmatch(back):
        back = ""
    begun = service.begin_unit(web.session(), web.actor(), taught, g.now, back)
    return redirect(url_for("training.study", ref=begun.ref))


@training.get("/<ref>")
def read(ref: str) -> ResponseReturnValue:
    """Show one completion: until when it holds, its certificate, and the answers with reasons."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    back, came_from = "", reading.completion.back.split(" ")
    if len(came_from) > 1:
        noun, ref_before, *act = came_from
        back = url_for("training.required", noun=noun, ref=ref_before, act=act[0] if act else None)
    return render_template(
        "training/read.html", reading=reading, back=back, before="".join(came_from[1:2])
    )


@training.get("/<ref>/export")
@web.limiter.limit(pdf_files.PRINTS)
def export(ref: str) -> ResponseReturnValue:
    """Hand out the certificate of a completion as PDF, with its reference and SHA-256."""
    pdf_files.refuse_unprintable()
    reading = service.read(web.session(), web.actor(), ref, g.now, EXPORT)
    web.let_go()
    page = render_template("training/pdf.html", reading=reading, made=pdf_files.made_on())
    return pdf_files.as_pdf(page, ref, "CLEAR")


@training.post("/<ref>/renew")
def renew(ref: str) -> ResponseReturnValue:
    """Begin the unit of a completion again."""
    following = service.renew(web.session(), web.actor(), ref, g.now)
    return redirect(url_for("training.study", ref=following.ref))


@training.route("/<ref>/erase", methods=["GET", "POST"])
def erase(ref: str) -> ResponseReturnValue:
    """Give up a unit that is under way, after a last look."""
    access.authorize(web.session(), web.actor(), ERASE, TRAINING, ref, g.now)
    if AskForm().validate_on_submit():
        service.erase(web.session(), web.actor(), ref, g.now)
        flash(gettext("Your progress is erased."))
        return redirect(url_for("training.index"))
    reading = service.read(web.session(), web.actor(), ref, g.now)
    return render_template("training/erase.html", reading=reading)


@training.route("/courses/<key>/note-course", methods=["GET", "POST"])
def note_course(key: str) -> ResponseReturnValue:
    """Note on which day one took a course of others."""
    course = next((course for course in COURSES if course.key == key), None) or abort(404)
    taken = service.taken(web.session(), web.actor())
    form = CourseForm(data={"done_on": taken.get(key)})
    if form.validate_on_submit():
        with web.attempt(form):
            day = form.done_on.data
            service.note_course(web.session(), web.actor(), key, day, g.now)
            flash(gettext("Saved. Only you can see it."))
            return redirect(url_for("training.index", _anchor="courses"))
    page = render_template("training/note_course.html", course=course, form=form)
    return page, 422 if form.errors else 200
