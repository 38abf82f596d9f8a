"""Pages on which an exercise is written: new, edit, publish."""

from dataclasses import replace
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import LOOK
from blueprints.drafting import Words, publish_page
from blueprints.exercises.forms import ExerciseForm, typed_from
from blueprints.exercises.views import exercises
from blueprints.meanwhile import fields_saved_meanwhile
from models.exercises import Exercise
from portal import access, web
from portal import exercises as service
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext, spoken
from portal.recipients import RecipientList, choices, homes, list_of
from portal.rules import EDIT, EXERCISES
from portal.rules.verbs import DRAFT_EXERCISE
from portal.scenarios import Scenario, shipped, shipped_in
from portal.words import N_

PUBLISHING = Words(
    ask=N_("Publish this exercise?"), done=N_("Exercise planned. Its recipients are notified.")
)


@exercises.route("/new", methods=["GET", "POST"])
@creates
def draft_exercise() -> ResponseReturnValue:
    """Start an exercise, from a scenario that comes with the portal or from an empty page."""
    session, actor = web.session(), web.actor()
    own = homes(session, actor, DRAFT_EXERCISE, g.now)
    if not own:
        return no_right("exercises/none.html")
    form, preview = ExerciseForm(zone=actor.zone), None
    scenario = shipped(request.values.get("scenario", "")[:32], spoken().language)
    if scenario and not form.is_submitted():
        form = ExerciseForm(data=_begun(scenario, actor.zone))
    form.offer({**choices(session, actor, g.now), "organisation": own})
    form.begin_in_process()
    if form.validate_on_submit():
        with web.attempt(form):
            typed: Any = {"to": form.recipient_list(), "scenario": scenario, "now": g.now}
            home = form.organisation.data
            if LOOK in request.form:
                text = _as_far(form.text())
                preview = service.who_will_see(session, actor, home, text=text, **typed)
            else:
                made = service.draft_exercise(session, actor, home, text=form.text(), **typed)
                flash(gettext("Draft saved. Only its organisers can see it."))
                return redirect(url_for("exercises.read", ref=made.ref))
    return _form_page(form, preview, None, scenario=scenario)


def _begun(scenario: Scenario, zone: str) -> dict[str, Any]:
    text = service.from_scenario(scenario, zone, g.now)
    return {**typed_from(text, RecipientList()), "tlp": None, "scenario": scenario.key}


def _as_far(text: service.ExerciseText) -> service.ExerciseText:
    # A look at the audience does not wait for what else is missing.
    return replace(
        text,
        title=text.title or "-",
        aims=text.aims or "-",
        parties=text.parties or ("-",),
        starts=text.starts or g.now.replace(tzinfo=None),
        minutes=text.minutes or service.USUAL_MINUTES,
    )


@exercises.route("/<ref>/edit", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft, or an exercise that is planned."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, EDIT, EXERCISES, ref, g.now)
    to = list_of(session, exercise)
    text = service.text_of(exercise, service.party_names(session, exercise))
    form, preview = ExerciseForm(data={**typed_from(text, to), "version": exercise.version}), None
    form.offer({**choices(session, actor, g.now), "organisation": [("", "")]})
    form.organisation.data = ""
    more: dict[str, Any] = {"unseen": form.unseen(to), "planned": exercise.state == "planned"}
    version = exercise.version
    if form.validate_on_submit():
        with web.attempt(form):
            typed: Any = {"to": form.recipient_list(to), "now": g.now}
            if LOOK in request.form:
                preview = service.who_would_see(
                    session, actor, ref, text=_as_far(form.text()), **typed
                )
            elif form.typed_version() != version:
                more["theirs"] = fields_saved_meanwhile(form, version)
                return _form_page(form, None, ref, **more, status=409)
            else:
                typed |= {"text": form.text(), "version": form.typed_version()}
                service.edit(session, actor, ref, **typed)
                flash(gettext("Changes saved."))
                return redirect(url_for("exercises.read", ref=ref))
    return _form_page(form, preview, ref, **more)


def _form_page(
    form: ExerciseForm, preview: Any, ref: str | None, **more: Any
) -> ResponseReturnValue:
    web.only_read()
    page = render_template(
        "exercises/form.html",
        form=form,
        homes=len(form.organisation.choices),
        preview=preview,
        ref=ref,
        scenario=more.get("scenario"),
        scenarios=() if ref else shipped_in(spoken().language),
        planned=more.get("planned", False),
        unseen=more.get("unseen", 0),
        unfit=form.unfit(),
        theirs=more.get("theirs"),
    )
    return page, more.get("status", 422 if form.errors else 200)


@exercises.route("/<ref>/publish", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def publish(ref: str) -> ResponseReturnValue:
    """Show once more who will see it, then open the exercise to them."""
    return publish_page(EXERCISES, ref, service.publish, PUBLISHING)
