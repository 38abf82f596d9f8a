"""Buttons by which organisers remind the delegations for which they wait."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from blueprints.dialogues.views import dialogues
from portal import dialogues as service
from portal import web
from portal.access import Actor
from portal.errors import Invalid
from portal.forms import creates
from portal.language import gettext, ngettext


@dialogues.post("/<ref>/remind")
@web.limiter.limit(web.WRITES_EMAILS)
@creates(button=True)
def remind(ref: str) -> ResponseReturnValue:
    """Ask those once more who have not answered."""
    return _reminded(service.remind, ref, "dialogues.read_answers")


@dialogues.post("/<ref>/remind-to-name")
@web.limiter.limit(web.WRITES_EMAILS)
@creates(button=True)
def remind_to_name(ref: str) -> ResponseReturnValue:
    """Ask those delegations once more that have named nobody."""
    return _reminded(service.remind_to_name, ref, "dialogues.read")


def _reminded(
    act: Callable[[Session, Actor, str, datetime], int], ref: str, page: str
) -> ResponseReturnValue:
    try:
        count = act(web.session(), web.actor(), ref, g.now)
    except Invalid as refused:
        web.start_over()
        flash(gettext(next(iter(refused.problems.values()))), "warning")
    else:
        flash(
            ngettext(
                "%(num)s delegation has been reminded.",
                "%(num)s delegations have been reminded.",
                count,
            )
        )
    if request.form.get("back") == "overview":
        return redirect(url_for("overview.index"))
    return redirect(url_for(page, ref=ref))
