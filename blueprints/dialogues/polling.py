"""Pages on which a date is found: times answered, compared, and one of them fixed."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import options
from blueprints.dialogues.poll_forms import ConveneForm, answers_form
from blueprints.dialogues.views import dialogues
from blueprints.on_behalf import whoever_acts
from models.dialogues import Dialogue, DialogueState
from portal import access, web
from portal import dialogues as service
from portal.errors import NotFound, TooLate
from portal.language import gettext, patterned_day
from portal.parsing import as_key
from portal.pictures.hours import hours
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import CONVENE
from portal.slots import Ranked, Shown


@dialogues.app_template_global("clock_words")
def clock_words(at: Shown) -> str:
    """How an instant reads on the clock of a zone: day, time, and what the zone is called then."""
    return f"{patterned_day(at.day, 'EEE d MMM y')}, {at.time} {at.name}"


@dialogues.app_template_global("reason_words")
def reason_words(reason: Any) -> Any:
    """A reason of the ranking in words."""
    return gettext(str(reason), **getattr(reason, "values", {}))


@dialogues.route("/<ref>/answer-poll", methods=["GET", "POST"])
def answer_poll(ref: str) -> ResponseReturnValue:
    """Say for a side which of the offered times suit, or so for whom one acts."""
    session, actor = web.session(), whoever_acts()
    asked = service.asked(session, actor, ref, g.now, request.values.get("side", type=int))
    if asked.respondent is None:
        side = "dialogues/answer_poll_side.html"
        return render_template(side, asked=asked, whose=actor)
    slots = {line.key: clock_words(line.here) for line in asked.ahead}
    form = answers_form(slots, asked.said)
    if form.validate_on_submit():
        with web.attempt(form):
            said = {key: form[f"can_{key}"].data or "" for key in slots}
            service.answer_poll(
                session, actor, ref, side=asked.respondent.key, said=said, now=g.now
            )
            flash(
                gettext("Response saved, although the poll's due date has passed.")
                if asked.late
                else gettext("Response saved. You can change it until the date is confirmed.")
            )
            return redirect(url_for("dialogues.read", ref=ref))
    page = render_template("dialogues/answer_poll.html", form=form, asked=asked, whose=actor)
    return page, 422 if form.errors else 200


@dialogues.get("/<ref>/read-answers")
def read_answers(ref: str) -> ResponseReturnValue:
    """Show what was answered, which time is the best, and for whom it would be night."""
    session, actor = web.session(), web.actor()
    poll, verbs = service.read_answers(session, actor, ref, g.now)
    offers = [ranked.offer for ranked in poll.ranked]
    return render_template(
        "dialogues/poll_answers.html",
        poll=poll,
        dialogue=poll.dialogue,
        verbs=verbs,
        drawing=hours(offers, poll.sides, poll.dialogue.zone) if offers and poll.sides else None,
        places={ranked.offer.key: n for n, ranked in enumerate(poll.ranked, 1)},
    )


@dialogues.route("/<ref>/convene", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def convene(ref: str) -> ResponseReturnValue:
    """Fix the date; of two who do so at once, the second is told what the first did."""
    try:
        return _convene(ref)
    except TooLate:
        web.start_over()
        found = access.visible(DIALOGUES, web.actor(), g.now).where(Dialogue.ref == ref)
        dialogue = web.session().scalars(found).one_or_none()
        if dialogue is None:
            raise NotFound(ref) from None
        if dialogue.starts_at is None and dialogue.state != DialogueState.CANCELLED:
            raise
        return render_template("dialogues/convene_late.html", dialogue=dialogue), 409


def _convene(ref: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, CONVENE, DIALOGUES, ref, g.now)
    poll = service.answering(session, dialogue, actor.zone, g.now)
    ahead = [ranked for ranked in poll.ranked if not ranked.past]
    form = ConveneForm(slot=request.args.get("slot", _best(ahead), type=as_key))
    form.slot.choices = options(
        (ranked.offer.key, clock_words(poll.lines[ranked.offer.key].there)) for ranked in ahead
    )
    if form.validate_on_submit():
        with web.attempt(form):
            service.convene(session, actor, ref, picked=form.picked(), now=g.now)
            flash(gettext("Date confirmed. The delegations are asked to name their participants."))
            return redirect(url_for("dialogues.read", ref=ref))
    hints = {str(ranked.offer.key): _hint(ranked) for ranked in ahead}
    page = render_template("dialogues/convene.html", form=form, poll=poll, hints=hints)
    return page, 422 if form.errors else 200


def _best(ahead: list[Ranked]) -> int | None:
    return ahead[0].offer.key if ahead and ahead[0].possible else None


def _hint(ranked: Ranked) -> str:
    return ". ".join(str(reason_words(reason)) for reason in ranked.reasons) + "."
