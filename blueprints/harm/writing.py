"""Pages on which harm is written: one's own, that of others, edit, correct, publish."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import LOOK
from blueprints.drafting import Words, publish_page, titled
from blueprints.harm.forms import CiteForm, CorrectForm, HarmForm, typed_from
from blueprints.harm.views import harm
from blueprints.meanwhile import fields_saved_meanwhile
from models.harm import Harm
from portal import access, web
from portal import harm as service
from portal.error_handlers import no_right
from portal.errors import Invalid, NotFound
from portal.forms import creates
from portal.language import gettext
from portal.recipients import choices, homes, list_of
from portal.rules import CITE_HARM, CORRECT, EDIT, HARM, STATE_HARM
from portal.words import N_

PUBLISHING = Words(
    ask=N_("Publish this row of harm?"), done=N_("Row published. Its recipients are notified.")
)
NOWHERE = N_("There is nothing with this reference that you may read.")


@harm.route("/new", methods=["GET", "POST"])
@creates
def state_harm() -> ResponseReturnValue:
    """State harm of one's own organisation."""
    return _begin(STATE_HARM)


@harm.route("/cite/new", methods=["GET", "POST"])
@creates
def cite_harm() -> ResponseReturnValue:
    """State harm of others, from a source."""
    return _begin(CITE_HARM)


def _begin(verb: str) -> ResponseReturnValue:
    session, actor, cited = web.session(), web.actor(), verb == CITE_HARM
    own = homes(session, actor, verb, g.now)
    if not own:
        return no_right("harm/none.html", cited=cited)
    form, preview = CiteForm() if cited else HarmForm(), None
    form.offer({**choices(session, actor, g.now), "organisation": own})
    form.begin_in_process()
    if request.method == "GET":
        form.notice.data = request.args.get("notice", "")[:20]
    if form.validate_on_submit():
        with web.attempt(form):
            typed: Any = {"text": _text(form), "to": form.recipient_list(), "now": g.now}
            home = form.organisation.data
            if LOOK in request.form:
                looked = {**titled(typed), "cited": cited}
                preview = service.who_will_see(session, actor, home, **looked)
            else:
                begin = service.cite_harm if cited else service.state_harm
                row = begin(session, actor, home, **typed)
                flash(gettext("Draft saved. Only your organisation can see it."))
                return redirect(url_for("harm.read", ref=row.ref))
    return _form_page(form, preview, verb, None, cited=cited)


@harm.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft."""
    return _rewrite(ref, EDIT)


@harm.route("/<ref>/correct", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def correct(ref: str) -> ResponseReturnValue:
    """Publish a corrected version."""
    return _rewrite(ref, CORRECT)


def _text(form: HarmForm, kept: Harm | None = None) -> service.HarmText:
    """What was typed; a reference that stands as it was kept stays, read or not."""
    session, actor, typed = web.session(), web.actor(), form.ref()
    if kept is not None and typed == service.notice_ref(session, kept):
        return form.text(kept.notice_id)
    try:
        return form.text(service.key_of_notice(session, actor, typed, g.now) if typed else None)
    except NotFound as missing:
        raise Invalid({"notice": NOWHERE}) from missing


def _rewrite(ref: str, verb: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    row: Harm = access.authorize(session, actor, verb, HARM, ref, g.now)
    text, to = service.text_of(row), list_of(session, row)
    form_class, preview = (CorrectForm if verb == CORRECT else HarmForm), None
    data = typed_from(text, to, service.notice_ref(session, row))
    form = form_class(data={**data, "version": row.version})
    form.offer({**choices(session, actor, g.now), "organisation": [("", "")]})
    form.organisation.data = ""
    more: dict[str, Any] = {"cited": row.cited, "unseen": form.unseen(to)}
    if form.validate_on_submit():
        with web.attempt(form):
            typed: Any = {"text": _text(form, row), "to": form.recipient_list(to), "now": g.now}
            if LOOK in request.form:
                preview = service.who_would_see(session, actor, ref, **titled(typed))
            elif form.typed_version() != row.version:
                more["theirs"] = fields_saved_meanwhile(form, row.version, but=("why",))
                return _form_page(form, None, verb, ref, **more, status=409)
            else:
                _keep(verb, ref, form, typed)
                flash(gettext("Changes saved."))
                return redirect(url_for("harm.read", ref=ref))
    return _form_page(form, preview, verb, ref, **more)


def _keep(verb: str, ref: str, form: HarmForm, typed: Any) -> None:
    session, actor, version = web.session(), web.actor(), form.typed_version()
    if verb == CORRECT:
        why = form.why.data or ""
        service.correct(session, actor, ref, version=version, why=why, **typed)
    else:
        service.edit(session, actor, ref, version=version, **typed)


def _form_page(
    form: HarmForm, preview: Any, verb: str, ref: str | None, **more: Any
) -> ResponseReturnValue:
    web.only_read()
    page = render_template(
        "harm/form.html",
        form=form,
        homes=len(form.organisation.choices),
        preview=preview,
        verb=verb,
        ref=ref,
        cited=more["cited"],
        unseen=more.get("unseen", 0),
        unfit=form.unfit(),
        theirs=more.get("theirs"),
    )
    return page, more.get("status", 422 if form.errors else 200)


@harm.route("/<ref>/publish", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def publish(ref: str) -> ResponseReturnValue:
    """Show once more who will see it, then open the row to them."""
    return publish_page(HARM, ref, service.publish, PUBLISHING)
