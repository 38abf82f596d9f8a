"""The page on which organisers move a convened dialogue."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from blueprints.dialogues.coming_forms import MoveForm, as_typed
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as desk
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import MOVE


@dialogues.route("/<ref>/move", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_LETTERS, methods=["POST"])
def move(ref: str) -> ResponseReturnValue:
    """Move a dialogue to another time, place or way in."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.enter(session, actor, MOVE, DIALOGUES, ref, g.now)
    form, late = MoveForm(data=as_typed(desk.moved_of(dialogue), dialogue.version)), False
    if form.validate_on_submit():
        late = form.typed_version() != dialogue.version
        if not late:
            with web.attempt(form):
                version = form.typed_version()
                desk.move(session, actor, ref, moved=form.moved(), version=version, now=g.now)
                flash(gettext("The dialogue is moved. Everybody invited gets a new invitation."))
                return redirect(url_for("dialogues.read", ref=ref))
        form.version.data = str(dialogue.version)
    page = render_template("dialogues/move.html", form=form, dialogue=dialogue, late=late)
    return page, 409 if late else 422 if form.errors else 200
