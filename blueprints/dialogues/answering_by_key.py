"""The page that the link of an e-mail about a poll opens: times, and one button that answers."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from blueprints.dialogues.poll_forms import answers_form
from blueprints.dialogues.polling import clock_words
from blueprints.dialogues.views import dialogues
from portal import dialogues as service
from portal import web
from portal.errors import PortalError


@dialogues.route("/answer-poll/<key>", methods=["GET", "POST"])
@web.limiter.limit("30/minute")
def answer_poll_by_key(key: str) -> ResponseReturnValue:
    """Show what the poll asks whoever got the e-mail, without its content; the button answers."""
    try:
        return _asked(key)
    except PortalError:  # gone, closed, or no longer theirs to answer: nobody learns which
        web.start_over()
        return render_template("dialogues/link_expired.html"), 404


def _asked(key: str) -> ResponseReturnValue:
    session = web.session()
    actor, ref = service.linked(session, key, g.now)
    asked = service.asked(session, actor, ref, g.now)
    shown = service.shows_content(asked.dialogue)
    slots = {line.key: clock_words(line.here) for line in asked.ahead}
    form = answers_form(slots, asked.said if shown else {})
    if asked.respondent is not None and form.validate_on_submit():
        with web.attempt(form):
            said = {key: form[f"can_{key}"].data or "" for key in slots}
            side = asked.respondent.key
            service.answer_poll(session, actor, ref, side=side, said=said, by_link=True, now=g.now)
            return render_template("dialogues/answered.html", key=key)
    page = render_template(
        "dialogues/answer_poll_by_key.html",
        form=form,
        asked=asked,
        shown=shown,
        key=key,
        whose=actor,
        zone=actor.zone,
    )
    return page, 422 if form.errors else 200
