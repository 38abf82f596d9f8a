"""Help: on each noun, and by which keys one gets about."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from portal.catalogue import OF_NAME

guide = Blueprint("guide", __name__, url_prefix="/help")


@guide.get("/")
def index() -> ResponseReturnValue:
    """Show on what there is help."""
    known = current_app.extensions["help_pages"]
    return render_template("guide/index.html", known=known, of_name=OF_NAME)


@guide.get("/keyboard")
def keyboard() -> ResponseReturnValue:
    """Show by which keys one gets about."""
    return render_template("guide/keyboard.html")


@guide.get("/<noun>")
def read(noun: str) -> ResponseReturnValue:
    """Show what a noun is, how it lives, and who may do what."""
    found = current_app.extensions["help_pages"].get(noun)
    if found is None:
        abort(404)
    return render_template("guide/read.html", noun=OF_NAME[noun], found=found)
