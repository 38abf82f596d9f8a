"""Pages of the meeting itself: the room, who came, held, concluded, followed by another."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import WhyForm
from blueprints.choices import options
from blueprints.dialogues.part_forms import ArrivalForm, CameForm, CodeForm
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.forms import creates
from portal.language import gettext
from portal.recipients import entries_of
from portal.rules import DIALOGUES
from portal.rules.verbs import ATTEND, CHECK_IN, CONCLUDE

# Of 148 million codes one is right: nobody guesses it at this pace.
GUESSES = "12/minute"


@dialogues.route("/<ref>/attend", methods=["GET", "POST"])
def attend(ref: str) -> ResponseReturnValue:
    """Show the code of the room, and keep who came."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, ATTEND, DIALOGUES, ref, g.now)
    form, arrival = _attendance(dialogue)
    if form.validate_on_submit():
        with web.attempt(form):
            came = frozenset(form.came.data or ())
            shown = form.shown_keys()
            service.attend(session, actor, ref, came=came, shown=shown, now=g.now)
            flash(gettext("Attendance saved."))
            return redirect(url_for("dialogues.attend", ref=ref))
    page = render_template("dialogues/attend.html", form=form, arrival=arrival, dialogue=dialogue)
    return page, 422 if form.errors else 200


def _attendance(dialogue: Dialogue) -> tuple[CameForm, ArrivalForm]:
    session, actor = web.session(), web.actor()
    related = service.related_rows(session, actor, dialogue, True, g.now)
    people = related.attendees
    came = [row.id for row in people if row.came]
    form = CameForm(data={"came": came, "shown": ",".join(map(str, came))})
    form.came.choices = options(
        (row.id, f"{row.name}, {row.organisation}" if row.organisation else row.name)
        for row in people
    )
    arrival = ArrivalForm()
    sits = {row.person_id for row in people}
    known = entries_of(session, actor, g.now, "people")["people"]
    arrival.person.choices = options(
        [(0, gettext("Choose a person")), *(entry for entry in known if entry[0] not in sits)]
    )
    guest = (0, gettext("As a guest"))
    arrival.side.choices = options([guest, *((row.id, row.name) for row in related.delegations)])
    return form, arrival


@dialogues.post("/<ref>/attend/room")
def open_room(ref: str) -> ResponseReturnValue:
    """Open the room: a new code for the screen."""
    service.open_room(web.session(), web.actor(), ref, g.now)
    flash(gettext("The room has a new code. Participants check in with it."))
    return redirect(url_for("dialogues.attend", ref=ref))


@dialogues.post("/<ref>/attend/add")
@creates
def add_arrival(ref: str) -> ResponseReturnValue:
    """Add somebody who came unannounced."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, ATTEND, DIALOGUES, ref, g.now)
    form, arrival = _attendance(dialogue)
    if arrival.validate_on_submit():
        with web.attempt(arrival):
            whom = {"person_id": arrival.person.data, "side_id": arrival.side.data}
            service.add_arrival(session, actor, ref, **whom, now=g.now)
            flash(gettext("Participant added."))
            return redirect(url_for("dialogues.attend", ref=ref))
    page = render_template("dialogues/attend.html", form=form, arrival=arrival, dialogue=dialogue)
    return page, 422 if arrival.errors else 200


@dialogues.route("/<ref>/check-in", methods=["GET", "POST"])
@web.limiter.limit(GUESSES, methods=["POST"])
def check_in(ref: str) -> ResponseReturnValue:
    """Say by the code of the room that one is there."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, CHECK_IN, DIALOGUES, ref, g.now)
    form = CodeForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.check_in(session, actor, ref, code=form.code.data or "", now=g.now)
            flash(gettext("You are checked in."))
            return redirect(url_for("dialogues.read", ref=ref))
    page = render_template("dialogues/check_in.html", form=form, dialogue=dialogue)
    return page, 422 if form.errors else 200


@dialogues.post("/<ref>/hold")
def hold(ref: str) -> ResponseReturnValue:
    """Say that the dialogue takes place."""
    service.hold(web.session(), web.actor(), ref, g.now)
    flash(gettext("The dialogue has been held. Now write its minutes."))
    return redirect(url_for("dialogues.read", ref=ref))


@dialogues.route("/<ref>/conclude", methods=["GET", "POST"])
def conclude(ref: str) -> ResponseReturnValue:
    """Close a dialogue that was held."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, CONCLUDE, DIALOGUES, ref, g.now)
    form = WhyForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.conclude(session, actor, ref, why=form.why.data or "", now=g.now)
            flash(gettext("Dialogue concluded."))
            return redirect(url_for("dialogues.read", ref=ref))
    adopted = service.has_adopted_record(session, dialogue)
    page = render_template("dialogues/conclude.html", form=form, dialogue=dialogue, adopted=adopted)
    return page, 422 if form.errors else 200


@dialogues.post("/<ref>/follow-up")
@creates(button=True)
def follow_up(ref: str) -> ResponseReturnValue:
    """Prepare the next dialogue of the same table."""
    after = service.follow_up(web.session(), web.actor(), ref, g.now)
    flash(gettext("A draft of the next dialogue is saved, with the items left open."))
    return redirect(url_for("dialogues.read", ref=after.ref))
