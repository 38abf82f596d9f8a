"""The page on which whoever answers for a delegation names who comes."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.dialogues.coming_forms import NameForm
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.errors import NotFound
from portal.language import gettext
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import NAME


@dialogues.route("/<ref>/name", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def name(ref: str) -> ResponseReturnValue:
    """Say who comes for a delegation."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, NAME, DIALOGUES, ref, g.now)
    sides = service.sides_to_name(session, actor, dialogue, g.now)
    key = request.args.get("side", sides[0].key if len(sides) == 1 else 0, type=int)
    side = next((one for one in sides if one.key == key), None)
    if side is None and key:
        raise NotFound(ref)
    if side is None:
        return render_template("dialogues/name_side.html", dialogue=dialogue, sides=sides)
    return _of(dialogue, side)


def _of(dialogue: Dialogue, side: service.Side) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    members = service.members_to_name(session, dialogue, side, g.now)
    stamp, late = service.stamp_of_names(members), False
    lines = [
        {"person": one.key, "comes": one.comes, "role": one.role}
        for one in members
        if not one.elsewhere
    ]
    form = NameForm(data={"stamp": stamp, "people": lines})
    if form.validate_on_submit():
        late = form.stamp.data != stamp
        if not late:
            with web.attempt(form):
                chosen = form.chosen()
                service.name(
                    session, actor, dialogue.ref,
                    side_id=side.key, people=chosen, stamp=stamp, now=g.now,
                )  # fmt: skip
                flash(gettext("Participants saved."))
                return redirect(url_for("dialogues.read", ref=dialogue.ref))
        form.stamp.data = stamp
    names = {one.key: one.name for one in members}
    page = render_template(
        "dialogues/name.html",
        form=form,
        # Whoever left the organisation since the page was opened is a line no more.
        lines=[
            (names[line.person.data], line) for line in form.people if line.person.data in names
        ],
        dialogue=dialogue,
        side=side,
        elsewhere=[one for one in members if one.elsewhere],
        named=[one for one in members if one.comes],
        late=late,
    )
    return page, 409 if late else 422 if form.errors else 200
