"""Pages of contact points: the directory, one of them, and a page for each verb but writing."""

from typing import Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from blueprints.audience_forms import KeptForm, version_read
from blueprints.contacts.filters import CALLING, GROUP_NAMES, LIST
from blueprints.contacts.forms import AskForm, VerifyForm, day_names
from blueprints.list_fields import names_to_choose
from blueprints.list_pages import ListPage
from blueprints.lists import Asked
from blueprints.on_behalf import acting_on
from blueprints.picture_files import Picture, limited, taken
from models.contacts import AUTHORITIES, INTERVALS, PURPOSES, VERIFIED, ContactPoint
from models.vocabulary import Tlp
from portal import access, web
from portal import contacts as service
from portal.days import day_of
from portal.errors import Invalid
from portal.language import gettext
from portal.pictures.bars import bars
from portal.receipts import FORMATS
from portal.recipients import audience_preview
from portal.rules import CONTACTS, PUBLISH, RETIRE, VERIFY

contacts = Blueprint("contacts", __name__, url_prefix="/contacts")
FEWEST: Final = 2
WORDS = {"purposes": PURPOSES, "authorities": AUTHORITIES, "ways": VERIFIED}


def narrowed_by(asked: Asked) -> service.Filter:
    """What an address narrows the directory to."""
    return service.Filter(
        purpose=asked.text("purpose"),
        language=asked.text("language"),
        party=asked.number("party"),
        stale=bool(asked.text("stale")),
    )


PAGE: Final = ListPage("contacts", LIST, service.beside, service.listed, narrowed_by, GROUP_NAMES)


@contacts.get("/")
def index() -> ResponseReturnValue:
    """List the contact points that the person may see."""
    return PAGE.drawn(on_duty_of=service.on_duty, **WORDS)


@contacts.get("/now")
def who_to_call() -> ResponseReturnValue:
    """Show whom to call at this hour, in a language, of an organisation or a process."""
    session, actor = web.session(), web.actor()
    asked = Asked(CALLING, request.args, names_to_choose, request.path)
    calls = service.who_to_call(
        session,
        actor,
        g.now,
        purpose=asked.text("purpose"),
        language=asked.text("language"),
        party=asked.number("party"),
        process=asked.number("part_of"),
    )
    return render_template("contacts/now.html", calls=calls, asked=asked, **WORDS)


@contacts.get("/<ref>")
@limited
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one contact point."""
    copies = "copies" in request.args
    reading = service.read(web.session(), web.actor(), ref, g.now, with_copies=copies)
    acting = acting_on(CONTACTS, reading.contact.id)
    groups = _answer_times(reading)
    title = gettext("Minutes until an answer")
    drawing = bars(groups, [title]) if groups else None
    lines = [(day, *minutes) for day, minutes in groups]
    drawn = Picture("stacked", drawing, title, [gettext("Asked on"), title], lines)
    if file := taken({"answers": drawn}, ref, Tlp(reading.contact.tlp)):
        return file
    web.let_go()
    return render_template(
        "contacts/read.html",
        acting=acting,
        reading=reading,
        contact=reading.contact,
        verbs=reading.verbs,
        days=day_names(),
        formats=FORMATS,
        copies=copies,
        drawing=drawing,
        intervals=INTERVALS,
        **WORDS,
    )


def _answer_times(reading: service.Reading) -> list[tuple[str, list[int]]]:
    # Exercises stand in no picture; one bar would be none.
    answered = [row for row in reading.checks if row.answered_at and not row.exercise][::-1]
    if len(answered) < FEWEST:
        return []
    zone = web.actor().zone
    return [(format_date(day_of(row.asked_at, zone), "d MMM y"), [row.minutes]) for row in answered]


def _authorized(verb: str, ref: str) -> ContactPoint:
    return access.authorize(web.session(), web.actor(), verb, CONTACTS, ref, g.now)


@contacts.route("/<ref>/publish", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def publish(ref: str) -> ResponseReturnValue:
    """Show once more who will see it, then publish the draft."""
    session, actor = web.session(), web.actor()
    contact, missing = _authorized(PUBLISH, ref), []
    form = KeptForm(version=version_read(contact.version))
    late = form.is_late(contact.version)
    if not late and form.validate_on_submit():
        try:
            service.publish(session, actor, ref, g.now)
            flash(gettext("Contact point published."))
            return redirect(url_for("contacts.read", ref=ref))
        except Invalid as refused:
            web.start_over()
            missing = [gettext(message) for message in refused.problems.values()]
            contact = _authorized(PUBLISH, ref)
    page = render_template(
        "contacts/publish.html",
        contact=contact,
        missing=missing,
        preview=audience_preview(session, actor, CONTACTS, contact, g.now),
        form=form,
        late=late,
    )
    return page, 409 if late else 422 if missing else 200


@contacts.route("/<ref>/verify", methods=["GET", "POST"])
def verify(ref: str) -> ResponseReturnValue:
    """Confirm that it is right, and say how that was found out."""
    contact = _authorized(VERIFY, ref)
    form = VerifyForm(version=version_read(contact.version))
    late = form.is_late(contact.version)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            service.verify(web.session(), web.actor(), ref, how=form.how.data or "", now=g.now)
            flash(gettext("Contact point verified."))
            return redirect(url_for("contacts.read", ref=ref))
    page = render_template("contacts/verify.html", contact=contact, form=form, late=late, **WORDS)
    return page, 409 if late else 422 if form.errors else 200


@contacts.route("/<ref>/retire", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def retire(ref: str) -> ResponseReturnValue:
    """Take it out of the directory, after a last look."""
    contact = _authorized(RETIRE, ref)
    if AskForm().validate_on_submit():
        service.retire(web.session(), web.actor(), ref, g.now)
        flash(gettext("Contact point retired."))
        return redirect(url_for("contacts.index"))
    return render_template("contacts/retire.html", contact=contact)
