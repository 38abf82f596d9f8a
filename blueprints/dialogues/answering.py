"""The page on which somebody invited says whether they come; the e-mail leads to it."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.dialogues.coming_forms import AnswerForm
from blueprints.dialogues.views import dialogues
from blueprints.on_behalf import whoever_acts
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.language import gettext
from portal.on_behalf import admit
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import ANSWER, READ_TABLE


@dialogues.route("/<ref>/answer", methods=["GET", "POST"])
def answer(ref: str) -> ResponseReturnValue:
    """Say whether one comes, or whether somebody does for whom one acts."""
    session, actor = web.session(), whoever_acts()
    dialogue: Dialogue = admit(session, actor, ANSWER, DIALOGUES, ref, g.now)
    form, late = AnswerForm(version=str(dialogue.sequence)), False
    if form.validate_on_submit():
        sequence = form.typed_version()
        late = sequence != dialogue.sequence
        if not late:
            with web.attempt(form):
                said = form.answer.data or ""
                before = service.answer(
                    session, actor, ref, said=said, sequence=sequence, now=g.now
                )
                flash(gettext("Response saved. You can change it until the dialogue begins."))
                if actor.for_id is None and before.by_mail and before.answer != said:
                    flash(
                        gettext(
                            "Your calendar replied differently before and may still show that. "
                            "The response you gave here holds."
                        )
                    )
                return redirect(url_for("dialogues.read", ref=ref))
        form.version.data = str(dialogue.sequence)
    page = render_template(
        "dialogues/answer.html",
        form=form,
        dialogue=dialogue,
        said=service.said_by(session, actor, dialogue),
        whose=actor,
        at_table=access.may(session, web.actor(), READ_TABLE, DIALOGUES, dialogue.id, g.now),
        late=late,
    )
    return page, 409 if late else 422 if form.errors else 200
