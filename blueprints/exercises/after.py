"""Pages after an exercise: notes of the hot wash, findings, and the commitments they become."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import options
from blueprints.exercises.forms import FindingForm, NoteForm, TakeUpForm
from blueprints.exercises.views import exercises
from models.exercises import Exercise
from portal import access, commitments, web
from portal import exercises as service
from portal.commitments import Between, CommitmentText
from portal.forms import creates
from portal.language import gettext
from portal.recipients.choosing import entries_of
from portal.rules import EXERCISES
from portal.rules.verbs import ADD_FINDING, WRITE_NOTE


@exercises.route("/<ref>/write-note", methods=["GET", "POST"])
@creates
def write_note(ref: str) -> ResponseReturnValue:
    """Write a note of the hot wash."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, WRITE_NOTE, EXERCISES, ref, g.now)
    form = NoteForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.write_note(session, actor, ref, text=form.text.data or "", now=g.now)
            flash(gettext("Note saved. Everybody who took part can read it."))
            return redirect(url_for("exercises.read", ref=ref, _anchor="hot-wash"))
    page = render_template("exercises/note.html", form=form, exercise=exercise)
    return page, 422 if form.errors else 200


@exercises.route("/<ref>/add-finding", methods=["GET", "POST"])
@creates
def add_finding(ref: str) -> ResponseReturnValue:
    """Propose a finding."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, ADD_FINDING, EXERCISES, ref, g.now)
    form = FindingForm()
    form.organisation.choices = options(_organisations())
    if form.validate_on_submit():
        with web.attempt(form):
            said: Any = {"text": form.text.data or "", "organisation_id": form.organisation.data}
            service.add_finding(session, actor, ref, **said, now=g.now)
            flash(gettext("Finding saved."))
            return redirect(url_for("exercises.read", ref=ref, _anchor="findings"))
    page = render_template("exercises/finding.html", form=form, exercise=exercise)
    return page, 422 if form.errors else 200


def _organisations() -> list[tuple[Any, str]]:
    return entries_of(web.session(), web.actor(), g.now, "organisations")["organisations"]


@exercises.route("/<ref>/take-up/<int:number>", methods=["GET", "POST"])
@creates
def take_up(ref: str, number: int) -> ResponseReturnValue:
    """Draft a commitment from a finding, tie the two, and go on to change the draft."""
    session, actor = web.session(), web.actor()
    finding = service.finding(session, actor, ref, number, g.now)
    form = TakeUpForm(addressee=finding.addressee_id or None)
    others = [(key, name) for key, name in _organisations() if key != finding.organisation_id]
    form.addressee.choices = options(others)
    if form.validate_on_submit():
        with web.attempt(form):
            addressee: Any = form.addressee.data
            commitment = commitments.draft_commitment(
                session,
                actor,
                finding.organisation_ref,
                text=CommitmentText(
                    title=finding.text, tlp=finding.tlp, body=_where_from(finding.exercise_ref)
                ),
                with_whom=Between(addressee),
                to=service.both_parties(finding, addressee),
                now=g.now,
            )
            service.take_up(session, actor, ref, number, commitment, g.now)
            flash(gettext("A draft commitment is saved and linked to the finding. Check it."))
            return redirect(url_for("commitments.edit", ref=commitment.ref))
    page = render_template("exercises/take_up.html", form=form, finding=finding, ref=ref)
    return page, 422 if form.errors else 200


def _where_from(ref: str) -> str:
    # The reference alone: who reads the commitment need not know the exercise.
    return str(gettext("From a finding of exercise %(ref)s. The commitment is real.", ref=ref))
