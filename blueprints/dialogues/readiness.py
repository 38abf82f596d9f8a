"""How many participants have done what a dialogue asks for, for its organisers."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from blueprints.dialogues.views import dialogues
from portal import dialogues as service
from portal import web


@dialogues.get("/<ref>/read-readiness")
@web.records
def read_readiness(ref: str) -> ResponseReturnValue:
    """Show two numbers and a day; who they are about is not shown to anybody."""
    dialogue, found = service.read_readiness(web.session(), web.actor(), ref, g.now)
    return render_template("dialogues/read_readiness.html", dialogue=dialogue, found=found)
