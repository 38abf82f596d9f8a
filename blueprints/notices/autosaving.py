"""What is typed into the form of a notice and not saved yet: kept, offered again, discarded."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from blueprints.audience_forms import AskForm
from blueprints.notices.forms import NoticeForm
from blueprints.notices.views import notices
from models.autosaves import Autosave
from portal import access, autosaves, web
from portal.access import Actor
from portal.language import gettext
from portal.recipients import homes
from portal.rules import EDIT, NOTICES, POST_NOTICE

NEW = "notices.new"
Homes = list[tuple[Any, str]]
APART = frozenset({"csrf_token", "files", "exceptions"})


def key_of(ref: str | None) -> str:
    """The name under which the form of a new notice, or of this draft, is kept."""
    return f"notices.{ref}" if ref else NEW


def refs_of(own: Homes) -> list[str]:
    """The references of organisations among choices."""
    return sorted(ref for ref, _name in own)


def typed_before(
    session: Session, actor: Actor, ref: str | None, own: Homes | None = None
) -> Autosave | None:
    """What the person typed into this form and has not saved; `own` are their organisations."""
    if request.method != "GET":
        return None
    own = homes(session, actor, POST_NOTICE, g.now) if own is None else own
    return autosaves.kept(session, actor.person_id, key_of(ref), refs_of(own))


def as_sent(row: Autosave) -> MultiDict[str, str]:
    """What was kept, as a form reads what is sent."""
    return MultiDict((name, value) for name, values in row.fields.items() for value in values)


@notices.post("/autosave")
@web.limiter.limit("900/hour")
def autosave() -> ResponseReturnValue:
    """Keep what was typed for its writer alone, and say when; or discard it."""
    session, actor, ref = web.session(), web.actor(), request.form.get("autosave_of") or None
    if not AskForm().validate_on_submit():
        return Response(status=400)
    own = homes(session, actor, POST_NOTICE, g.now)
    if ref:
        access.authorize(session, actor, EDIT, NOTICES, ref, g.now)
    elif not own:
        return Response(status=403)
    if "discard" in request.form:
        autosaves.forget(session, actor.person_id, key_of(ref))
        return redirect(url_for("notices.edit", ref=ref) if ref else url_for("notices.post_notice"))
    names = (field.name for field in NoticeForm() if field.name not in APART)
    fields = {name: sent for name in names if (sent := request.form.getlist(name))}
    if not autosaves.fits(fields):
        return Response(status=413)
    row = Autosave(homes=refs_of(own), fields=fields, at=g.now)
    autosaves.keep(session, actor.person_id, key_of(ref), row)
    at = g.now.astimezone(ZoneInfo(actor.zone))
    said = gettext("Text saved at %(time)s.", time=at.strftime("%H:%M:%S %Z"))
    return Response(said, mimetype="text/plain")
