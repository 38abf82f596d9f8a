"""The page on which an organiser sets who does what."""

from collections.abc import Sequence
from typing import Any, Final

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from blueprints.choices import options
from blueprints.exercises.forms import SeatsForm
from blueprints.exercises.views import exercises
from models.exercises import Exercise, ExerciseParty, ExerciseRole
from portal import access, web
from portal import exercises as service
from portal.errors import Invalid
from portal.exercises import Candidate, Seating
from portal.language import gettext
from portal.parsing import whole
from portal.rules import EXERCISES, SEAT
from portal.words import N_

BY_WORD: Final = {
    "observer": Seating(ExerciseRole.OBSERVER),
    "controller": Seating(ExerciseRole.CONTROLLER),
}


@exercises.route("/<ref>/seat", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def seat(ref: str) -> ResponseReturnValue:
    """Set who plays which party, who observes and who runs it beside its organiser."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, SEAT, EXERCISES, ref, g.now)
    parties = service.parties_of(session, exercise)
    people = service.candidates(session, exercise, g.now)
    stale, version = False, exercise.version
    form = _form(people, _entries(parties), service.seats_of(session, exercise), version)
    if form.validate_on_submit():
        stale = form.typed_version() != version
        with web.attempt(form):
            if not stale:
                typed = ((one.id, form[_name(one)].data) for one in people)
                seats = {key: _seating(word) for key, word in typed if word}
                service.seat(session, actor, ref, seats=seats, version=version, now=g.now)
                flash(gettext("Roles saved."))
                return redirect(url_for("exercises.read", ref=ref))
    form.version.data = str(version)
    page = render_template(
        "exercises/seat.html",
        form=form,
        exercise=exercise,
        people=[form[_name(one)] for one in people],
        stale=stale,
    )
    return page, 409 if stale else 422 if form.errors else 200


def _form(
    people: Sequence[Candidate],
    entries: list[tuple[str, str]],
    seats: dict[int, Seating],
    version: int,
) -> SeatsForm:
    # A list for each person: the form of this page has as many fields as there are people.
    fields = {
        _name(one): SelectField(", ".join(filter(None, (one.name, one.organisation))))
        for one in people
    }
    chosen = {_name(one): _word(seats.get(one.id)) for one in people}
    form: SeatsForm = type("SeatsOfPeople", (SeatsForm,), fields)(
        data={**chosen, "version": version}
    )
    for name in fields:
        form[name].choices = options(entries)
    return form


def _name(one: Candidate) -> str:
    return f"seat_{one.id}"


def _word(one: Seating | None) -> str:
    if one is None:
        return ""
    return f"party-{one.party_id}" if one.party_id else str(one.role)


def _entries(parties: Sequence[ExerciseParty]) -> list[tuple[str, str]]:
    plays = ((f"party-{one.id}", gettext("plays %(party)s", party=one.name)) for one in parties)
    beside = ((word, gettext(service.ROLES[one.role])) for word, one in BY_WORD.items())
    return [("", gettext("No role")), *plays, *beside]


def _seating(word: str) -> Seating:
    party = whole(word.removeprefix("party-")) if word.startswith("party-") else None
    found: Any = Seating(ExerciseRole.PLAYER, party) if party else BY_WORD.get(word)
    if found is None:
        raise Invalid({"seats": N_("Choose a role from the list.")})
    return Seating(found.role, found.party_id)
