"""Pages on which a claim is written: new, edit, correct, and the last look before publishing."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import LOOK
from blueprints.claims.forms import ClaimForm, CorrectForm, typed_from
from blueprints.claims.views import claims
from blueprints.drafting import Words, publish_page, titled
from blueprints.meanwhile import fields_saved_meanwhile
from models.claims import Claim
from portal import access, web
from portal import claims as service
from portal.claims import words
from portal.error_handlers import no_right
from portal.errors import Invalid, NotFound
from portal.forms import creates
from portal.language import gettext
from portal.recipients import choices, homes, list_of
from portal.rules import CLAIMS, CORRECT, EDIT, POST_CLAIM
from portal.words import N_

PUBLISHING = Words(
    ask=N_("Publish this claim?"), done=N_("Claim published. Its recipients are notified.")
)


@claims.route("/new", methods=["GET", "POST"])
@creates
def post_claim() -> ResponseReturnValue:
    """Write a claim; a look at it and at who will see it comes before anything is saved."""
    session, actor = web.session(), web.actor()
    own = homes(session, actor, POST_CLAIM, g.now)
    if not own:
        return no_right("claims/none.html")
    form, preview = ClaimForm(), None
    form.offer({**choices(session, actor, g.now), "organisation": own})
    form.begin_in_process()
    if request.method == "GET":
        form.notice.data, form.answers.data = (
            request.args.get(name, "")[:20] for name in ("notice", "answers")
        )
        if form.answers.data:
            form.stance.data = "denies"
    if form.validate_on_submit():
        with web.attempt(form):
            typed: Any = {"text": _text(form), "to": form.recipient_list(), "now": g.now}
            if LOOK in request.form:
                home = form.organisation.data
                preview = service.who_will_see(session, actor, home, **titled(typed))
            else:
                claim = service.post_claim(session, actor, form.organisation.data, **typed)
                flash(gettext("Draft saved. Only your organisation can see it."))
                return redirect(url_for("claims.read", ref=claim.ref))
    return _form_page(form, preview, "new", None)


@claims.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft."""
    return _rewrite(ref, EDIT)


@claims.route("/<ref>/correct", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def correct(ref: str) -> ResponseReturnValue:
    """Publish a corrected version."""
    return _rewrite(ref, CORRECT)


def _text(form: ClaimForm, kept: Claim | None = None) -> service.ClaimText:
    """What was typed; a reference that stands as it was kept stays, read or not."""
    session, actor = web.session(), web.actor()
    refs = service.refs_of(session, kept) if kept else ("", "")
    old = (kept.answers_id, kept.notice_id) if kept else (None, None)
    keys: list[int | None] = []
    for name, typed, was, key, find in zip(
        ("answers", "notice"),
        form.refs(),
        refs,
        old,
        (service.key_of_claim, service.key_of_notice),
        strict=True,
    ):
        try:
            same = typed == was
            keys.append(key if same else find(session, actor, typed, g.now) if typed else None)
        except NotFound as missing:
            raise Invalid({name: service.NOWHERE}) from missing
    return form.text(*keys)


def _rewrite(ref: str, verb: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    claim: Claim = access.authorize(session, actor, verb, CLAIMS, ref, g.now)
    text, to = service.text_of(claim), list_of(session, claim)
    form_class, preview = (CorrectForm if verb == CORRECT else ClaimForm), None
    refs = service.refs_of(session, claim)
    form = form_class(data={**typed_from(text, to, refs), "version": claim.version})
    form.offer({**choices(session, actor, g.now), "organisation": [("", "")]})
    form.organisation.data = ""
    if verb == CORRECT:  # whom a published claim names stays, and the form does not ask
        form.about_id.data = str(claim.about_id or "")
    if form.validate_on_submit():
        with web.attempt(form):
            typed: Any = {"text": _text(form, claim), "to": form.recipient_list(to), "now": g.now}
            if form.typed_version() != claim.version:
                theirs = fields_saved_meanwhile(form, claim.version, but=("why",))
                return _form_page(form, None, verb, ref, theirs=theirs, status=409)
            if LOOK in request.form:
                preview = service.who_would_see(session, actor, ref, **titled(typed))
            else:
                _keep(verb, ref, form, typed)
                flash(gettext("Changes saved."))
                return redirect(url_for("claims.read", ref=ref))
    return _form_page(form, preview, verb, ref, form.unseen(to))


def _keep(verb: str, ref: str, form: ClaimForm, typed: Any) -> None:
    session, actor, version = web.session(), web.actor(), form.typed_version()
    if verb == CORRECT:
        why = form.why.data or ""
        service.correct(session, actor, ref, version=version, why=why, **typed)
    else:
        service.edit(session, actor, ref, version=version, **typed)


def _form_page(
    form: ClaimForm, preview: Any, verb: str, ref: str | None, unseen: int = 0, **more: Any
) -> ResponseReturnValue:
    web.only_read()
    page = render_template(
        "claims/form.html",
        form=form,
        homes=len(form.organisation.choices),
        preview=preview,
        verb=verb,
        ref=ref,
        unseen=unseen,
        unfit=form.unfit(),
        theirs=more.get("theirs"),
        words=words,
    )
    return page, more.get("status", 422 if form.errors else 200)


@claims.route("/<ref>/publish", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def publish(ref: str) -> ResponseReturnValue:
    """Show once more who will see it, then open the claim to them."""
    return publish_page(CLAIMS, ref, service.publish, PUBLISHING)
