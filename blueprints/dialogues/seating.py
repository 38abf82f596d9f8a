"""The page on which organisers say who sits at the table."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import MORE, options, saying_who_is_silent
from blueprints.dialogues.forms import SeatForm, lines_of
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.forms import creates
from portal.language import gettext, ngettext
from portal.recipients import SAVED, Choices, choices
from portal.rules import READ, SEAT
from portal.rules.dialogues import DIALOGUES

SPARE_DELEGATIONS, SPARE_GUESTS = 3, 2


@dialogues.route("/<ref>/seat", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def seat(ref: str) -> ResponseReturnValue:
    """Say who sits at the table."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, SEAT, DIALOGUES, ref, g.now)
    table, late = service.table_of(session, dialogue), False
    form = SeatForm(data=lines_of(table) | {"version": dialogue.version})
    known = choices(session, actor, g.now)
    form.saved = known[SAVED]
    form.known = service.Choosable(
        {key for key, _name in known["organisations"]}, {key for key, _name in known["people"]}
    )
    again = form.is_submitted() and (form.uses_list() or MORE in request.form)
    if again:  # saving a list ends what was begun for the page
        dialogue = access.authorize(session := web.session(), actor, SEAT, DIALOGUES, ref, g.now)
    if form.is_submitted():
        form.add_ticked()
    if not form.is_submitted() or MORE in request.form:
        form.add_lines(SPARE_DELEGATIONS, SPARE_GUESTS)
    unanswered = _offer(form, dialogue, table, known)
    if not again and form.validate_on_submit():
        late = form.typed_version() != dialogue.version
        if not late:
            with web.attempt(form):
                version = form.typed_version()
                chosen = form.table()
                service.seat(session, actor, ref, table=chosen, version=version, now=g.now)
                _say_who_is_not_asked(chosen, unanswered)
                return _after(dialogue)
        form.version.data = str(dialogue.version)
    page = render_template(
        "dialogues/seat.html",
        form=form,
        dialogue=dialogue,
        late=late,
        unanswered=unanswered,
        by_name=service.names_people_alone(dialogue),
    )
    return page, 409 if late else 422 if form.errors else 200


def _offer(
    form: SeatForm, dialogue: Dialogue, table: service.Table, known: Choices
) -> frozenset[int]:
    """Fill the lists; gives back the organisations for which nobody can answer."""
    sits = service.names_at(web.session(), dialogue, table, g.now)
    named = saying_who_is_silent(
        _with(known["organisations"], sits["organisations"]), known["unanswered"]
    )
    organisations = [(0, gettext("None")), *named]
    people = [(0, gettext("Nobody")), *_with(known["people"], sits["people"])]
    form.organisers.choices = options(_with([], sits["organisers"]))
    seated = {line.organisation.data for line in form.delegations}
    form.add.choices = options((key, name) for key, name in named if key not in seated)
    for line in form.delegations:
        line.organisation.choices = options(organisations)
        line.contact.choices = options(people)
    for line in form.guests:
        line.person.choices = options(people)
    return frozenset(key for key, _name in known["unanswered"])


def _with(entries: list[tuple[Any, str]], more: dict[int, str]) -> list[tuple[int, str]]:
    every = more | dict(entries)
    return sorted(every.items(), key=lambda entry: entry[1])


def _say_who_is_not_asked(table: service.Table, unanswered: frozenset[int]) -> None:
    left = [
        sends
        for sends in table.delegations
        if sends.organisation_id in unanswered and sends.contact_id is None
    ]
    if left:
        flash(
            ngettext(
                "Nobody can respond for %(num)s delegation, so it is not asked: name a contact.",
                "Nobody can respond for %(num)s delegations, so they are not asked: name contacts.",
                len(left),
            )
        )


def _after(dialogue: Dialogue) -> ResponseReturnValue:
    # Somebody may have taken the own seat away: then there is nothing to go back to.
    if access.may(web.session(), web.actor(), READ, DIALOGUES, dialogue.id, g.now):
        flash(gettext("Participants saved."))
        return redirect(url_for("dialogues.read", ref=dialogue.ref))
    flash(gettext("Participants saved. You are no longer among them."))
    return redirect(url_for("dialogues.index"))
