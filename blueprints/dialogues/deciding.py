"""Pages on which a question is put to the delegations, answered, closed and decided."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from blueprints.audience_forms import Meaning, StampedForm
from blueprints.choices import ChosenField, Needed, options
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from models.records import Stance
from portal import access, web
from portal import dialogues as service
from portal.dialogues.decision_rows import DecisionRow
from portal.errors import NotFound, TooLate
from portal.forms import BaseForm, creates
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.rules import DIALOGUES
from portal.rules.verbs import CALL_DECISION, CLOSE_DECISION, DECIDE
from portal.words import N_

STANCE_MEANING = {
    Stance.AGREE: Meaning(N_("Agree"), N_("We can agree to it.")),
    Stance.STAND_ASIDE: Meaning(
        N_("Stand aside"), N_("We do not support it, and do not prevent it.")
    ),
    Stance.OBJECT: Meaning(N_("Object"), N_("We are against it. Give the reason.")),
    Stance.BLOCK: Meaning(N_("Block"), N_("It must not go ahead like this. Give the reason.")),
}
CARRIED = {
    "yes": Meaning(N_("Carried"), N_("It is decided as proposed.")),
    "no": Meaning(N_("Not carried"), N_("It is not decided.")),
}


class PutForm(BaseForm):
    """A question, the item it is on, and whether answers are hidden until it is closed."""

    text = TextAreaField(
        _("Question"),
        validators=[
            Needed(_("Describe in one sentence what is to be decided.")),
            Length(max=5_000),
        ],
    )
    item = SelectField(_("Agenda item"), coerce=int)
    hidden = BooleanField(_("Hide all responses until the question is closed"))


class DecideForm(StampedForm):
    """What a delegation says to a question."""

    side = ChosenField(_("Delegation"), coerce=int)
    stance = RadioField(
        _("Response of your delegation"),
        choices=options((str(stance), meaning) for stance, meaning in STANCE_MEANING.items()),
        validators=[InputRequired(_("Choose the response of your delegation."))],
    )
    reason = TextAreaField(_("Reason"), validators=[Length(max=500)])


class OutcomeForm(BaseForm):
    """What was decided; `seen` is what stood there before."""

    seen = HiddenField()
    outcome = TextAreaField(_("Decision"), validators=[Length(max=5_000)])
    carried = RadioField(
        _("Outcome"),
        choices=options(CARRIED.items()),
        validators=[InputRequired(_("Choose the outcome."))],
    )
    review_on = DateField(_("Review on"), validators=[Optional()])


@dialogues.app_template_global("stance_meaning")
def stance_meaning(stance: str) -> Meaning:
    """What a delegation said, as a word and a sentence."""
    return STANCE_MEANING[Stance(stance)]


@dialogues.route("/<ref>/call-decision", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def call_decision(ref: str) -> ResponseReturnValue:
    """Put a question to all delegations."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, CALL_DECISION, DIALOGUES, ref, g.now)
    form = PutForm()
    items = service.items_to_decide(session, dialogue)
    form.item.choices = options([(0, gettext("None")), *items])
    if form.validate_on_submit():
        with web.attempt(form):
            service.call_decision(
                session,
                actor,
                ref,
                text=form.text.data or "",
                item_id=form.item.data or None,
                hidden=form.hidden.data,
                now=g.now,
            )
            flash(gettext("Decision called. Those who respond for a delegation are notified."))
            return _back(ref)
    silent = service.not_asked(session, dialogue, g.now)
    page = render_template(
        "dialogues/call_decision.html", form=form, dialogue=dialogue, silent=silent
    )
    return page, 422 if form.errors else 200


def _back(ref: str) -> ResponseReturnValue:
    return redirect(url_for("dialogues.read", ref=ref, _anchor="decisions"))


def _asked(ref: str, number: int, verb: str) -> tuple[Dialogue, DecisionRow, service.RelatedRows]:
    """The dialogue, the question, and what is related, for somebody at the table."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, verb, DIALOGUES, ref, g.now)
    related = service.related_rows(session, actor, dialogue, True, g.now)
    row = next((row for row in related.decisions if row.id == number), None)
    if row is None:
        raise NotFound(ref)
    return dialogue, row, related


@dialogues.route("/<ref>/decide/<int:number>", methods=["GET", "POST"])
def decide(ref: str, number: int) -> ResponseReturnValue:
    """Answer a question for the own delegation."""
    dialogue, row, related = _asked(ref, number, DECIDE)
    if row.status != "open":
        raise TooLate(DECIDE)
    answered = [one.delegation_id for one in related.ballots if one.decision_id == number]
    # Where no answer is kept by name, none can be found again to change it.
    left = [
        (one.id, one.name)
        for one in related.own_sides
        if dialogue.attributed or one.id not in answered
    ]
    said = [one for one in related.answers if one.decision_id == number and one.mine]
    first = next((one for one in said if left and one.delegation_id == left[0][0]), None)
    form = DecideForm(stance=first.stance if first else None, reason=first.reason if first else "")
    form.side.choices = options(left)
    if form.is_submitted() and not left:
        raise TooLate(DECIDE)
    late = form.is_late([(one.delegation_id, one.stance, one.reason) for one in said])
    if not late and form.validate_on_submit():
        with web.attempt(form):
            service.decide(
                web.session(),
                web.actor(),
                ref,
                number,
                side_id=form.side.data,
                stance=form.stance.data,
                reason=form.reason.data or "",
                now=g.now,
            )
            flash(gettext("The response of your delegation is saved."))
            return _back(ref)
    page = render_template(
        "dialogues/decide.html",
        form=form,
        dialogue=dialogue,
        row=row,
        left=left,
        said=said,
        late=late,
    )
    return page, 409 if late else 422 if form.errors else 200


@dialogues.route("/<ref>/close-decision/<int:number>", methods=["GET", "POST"])
def close_decision(ref: str, number: int) -> ResponseReturnValue:
    """End the answers to a question; then, with all answers in view, say what was decided."""
    dialogue, row, related = _asked(ref, number, CLOSE_DECISION)
    if row.outcome and not row.correctable:
        raise TooLate(CLOSE_DECISION)
    said = {
        "seen": row.outcome,
        "outcome": row.outcome,
        "review_on": row.review_on,
    }
    said |= {"carried": {"carried": "yes", "not-carried": "no"}.get(row.status)}
    form, who = OutcomeForm(data=said), (web.session(), web.actor(), ref, number)
    if row.status == "open" and form.is_submitted():
        service.close_decision(*who, now=g.now)
        flash(gettext("Responses are closed. All participants now see them."))
        return redirect(url_for("dialogues.close_decision", ref=ref, number=number))
    if row.status != "open" and form.validate_on_submit():
        with web.attempt(form):
            carried = form.carried.data == "yes"
            outcome = service.Outcome(form.outcome.data or "", carried, form.review_on.data)
            service.close_decision(*who, outcome=outcome, seen=form.seen.data or "", now=g.now)
            flash(gettext("Decision saved."))
            return _back(ref)
    answers = [one for one in related.answers if one.decision_id == number]
    page = render_template(
        "dialogues/close_decision.html",
        form=form,
        dialogue=dialogue,
        row=row,
        answers=answers,
        sides=len(related.delegations),
    )
    return page, 422 if form.errors else 200
