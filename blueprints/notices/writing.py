"""Pages on which a notice is written: new, edit, correct, and the last look before publishing."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import LOOK
from blueprints.drafting import Words, publish_page, saved_meanwhile, titled
from blueprints.notices.autosaving import as_sent, key_of, typed_before
from blueprints.notices.forms import ASK, CorrectForm, NoticeForm, typed_from, uploads
from blueprints.notices.views import notices
from models.notices import Notice
from portal import access, autosaves, web
from portal import notices as service
from portal.error_handlers import no_right
from portal.errors import Invalid
from portal.forms import creates
from portal.language import gettext
from portal.media import Upload
from portal.recipients import choices, homes, list_of
from portal.rules import CORRECT, EDIT, NOTICES, POST_NOTICE, PUBLISH
from portal.words import N_

PUBLISHING = Words(
    ask=N_("Publish this notice?"), done=N_("Notice published. Its recipients are notified.")
)


@notices.route("/new", methods=["GET", "POST"])
@creates
def post_notice() -> ResponseReturnValue:
    """Write a notice; a look at it and at who will see it comes before anything is saved."""
    files = uploads()
    session, actor = web.session(), web.actor()
    own = homes(session, actor, POST_NOTICE, g.now)
    if not own:
        return no_right("notices/none.html")
    before, preview = typed_before(session, actor, None, own), None
    form = NoticeForm(as_sent(before)) if before else NoticeForm()
    form.offer({**choices(session, actor, g.now), "organisation": own})
    form.begin_in_process()
    if form.uses_list():
        return _form_page(form, None, "new", None)
    if form.validate_on_submit():
        typed: Any = {"text": form.text(actor.zone), "to": form.recipient_list(), "now": g.now}
        with web.attempt(form):
            if LOOK in request.form:
                home = form.organisation.data
                preview = service.who_will_see(session, actor, home, **titled(typed))
            else:
                notice = service.post_notice(session, actor, form.organisation.data, **typed)
                _add_rest(form, notice, files)
                autosaves.forget(session, actor.person_id, key_of(None))
                return _saved(notice.ref, N_("Draft saved. Only your organisation can see it."))
    return _form_page(form, preview, "new", None, before=before)


@notices.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft."""
    return _rewrite(ref, EDIT)


@notices.route("/<ref>/correct", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def correct(ref: str) -> ResponseReturnValue:
    """Publish a corrected edition."""
    return _rewrite(ref, CORRECT)


def _rewrite(ref: str, verb: str) -> ResponseReturnValue:
    files = uploads()
    session, actor = web.session(), web.actor()
    notice: Notice = access.authorize(session, actor, verb, NOTICES, ref, g.now)
    text, to = service.text_of(notice), list_of(session, notice)
    form_class, preview = (CorrectForm if verb == CORRECT else NoticeForm), None
    before = typed_before(session, actor, ref) if verb == EDIT else None
    data = {**typed_from(text, to, actor.zone), "version": notice.version}
    form = form_class(as_sent(before)) if before else form_class(data=data)
    form.offer({**choices(session, actor, g.now), "organisation": [("", "")]})
    form.organisation.data = ""
    if form.uses_list():
        return _form_page(form, None, verb, ref, form.unseen(to))
    if form.validate_on_submit():
        typed: Any = {
            "text": form.text(actor.zone, text),
            "to": form.recipient_list(to),
            "now": g.now,
        }
        if form.typed_version() != notice.version:
            return _both_texts(form, typed["text"], notice, verb)
        with web.attempt(form):
            if LOOK in request.form:
                preview = service.who_would_see(session, actor, ref, **titled(typed))
            else:
                _keep(verb, ref, form, typed)
                _add_rest(form, notice, files)
                autosaves.forget(session, actor.person_id, key_of(ref))
                return _saved(ref, N_("Changes saved."))
    comments = service.comments_of_others(session, actor, notice, g.now) if verb == CORRECT else 0
    more = {"comments": comments, "before": before}
    return _form_page(form, preview, verb, ref, form.unseen(to), **more)


def _add_rest(form: NoticeForm, notice: Notice, files: list[Upload]) -> None:
    """Add the indicators and files that came with the form, in its transaction."""
    session, store = web.session(), current_app.extensions["store"]
    service.add_signs(session, notice, form.signs(), detection=form.detection.data)
    for file in files:
        try:
            service.attach(session, web.actor(), notice.ref, file=file, store=store, now=g.now)
        except Invalid as refused:
            raise Invalid({"files": refused.problems["file"]}) from refused


def _saved(ref: str, message: str) -> ResponseReturnValue:
    # On the way to publishing the next page shows who will see it; nothing else is to be said.
    if PUBLISH in request.form:
        return redirect(url_for("notices.publish", ref=ref))
    flash(gettext(message))
    return redirect(url_for("notices.read", ref=ref))


def _keep(verb: str, ref: str, form: NoticeForm, typed: Any) -> None:
    session, actor, version = web.session(), web.actor(), form.typed_version()
    if verb == CORRECT:
        said: Any = {"why": form.why.data or "", "ask": form.earlier.data == ASK}
        service.correct(session, actor, ref, version=version, **said, **typed)
    else:
        service.edit(session, actor, ref, version=version, **typed)


def _both_texts(
    form: NoticeForm, typed: service.NoticeText, notice: Notice, verb: str
) -> ResponseReturnValue:
    theirs = saved_meanwhile(form, typed, service.text_of(notice), notice.version)
    return _form_page(form, None, verb, notice.ref, theirs=theirs, status=409)


def _form_page(
    form: NoticeForm, preview: Any, verb: str, ref: str | None, unseen: int = 0, **more: Any
) -> ResponseReturnValue:
    web.only_read()
    page = render_template(
        "notices/form.html",
        form=form,
        homes=len(form.organisation.choices),
        preview=preview,
        verb=verb,
        ref=ref,
        unseen=unseen,
        unfit=form.unfit(),
        before=more.get("before"),
        theirs=more.get("theirs"),
        comments=more.get("comments", 0),
    )
    return page, more.get("status", 422 if form.errors else 200)


@notices.route("/<ref>/publish", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def publish(ref: str) -> ResponseReturnValue:
    """Show once more who will see it, then open the draft to them."""
    return publish_page(NOTICES, ref, service.publish, PUBLISHING, "notices/publish.html")
