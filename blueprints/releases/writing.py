"""Pages on which a release is written: derived from a source, as a joint statement, edited."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import LOOK
from blueprints.meanwhile import fields_saved_meanwhile
from blueprints.releases.forms import LISTS, ReleaseForm, typed_from
from blueprints.releases.sources import first_text
from blueprints.releases.views import releases
from models.releases import Release
from portal import access, web
from portal import releases as service
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext
from portal.ledger import audit
from portal.parsing import whole
from portal.precautions import DO_NO_HARM, UNINTENDED
from portal.processes import parties_of
from portal.recipients import UNREAD, entries_of, homes
from portal.rules import DERIVE, DRAFT_RELEASE, EDIT, READ, RELEASES
from portal.words import N_

QUESTIONS = {"questions": DO_NO_HARM, "consequences": UNINTENDED}
OFFERED = tuple(word for name in set(LISTS.values()) for word in (name, UNREAD + name))
SAVED = N_("Draft saved. Nobody outside sees it before a second person has confirmed it.")


@releases.route("/new", methods=["GET", "POST"])
@creates
def draft_release() -> ResponseReturnValue:
    """Begin a joint statement without a source."""
    web.only_read()
    session, actor = web.session(), web.actor()
    own = homes(session, actor, DRAFT_RELEASE, g.now)
    if not own:
        return no_right("releases/none.html")
    form = ReleaseForm()
    form.offer(entries_of(session, actor, g.now, *OFFERED), own)
    _begin_in_process(form)
    left = None
    if form.validate_on_submit():
        text = form.text()
        if LOOK in request.form:
            left = service.redacted(text)
        elif _holds_back(form, text):
            with web.attempt(form):
                home = form.organisation.data
                made = service.draft_release(web.session(), actor, home, text=text, now=g.now)
                return _saved(made)
    return _page(form, left, None, homes=len(own))


def _begin_in_process(form: ReleaseForm) -> None:
    """Name the parties of the process of the address as those who sign, where they are offered."""
    key = whole(request.args.get("part_of"))
    if request.method == "GET" and key:
        parties = parties_of(web.session(), web.actor(), key, g.now)
        offered = {choice.value for choice in form.signers.choices}
        form.signers.data = sorted(parties & offered)


@releases.route("/derive/<ref>", methods=["GET", "POST"])
@web.records
@creates
def derive(ref: str) -> ResponseReturnValue:
    """Begin a release from a notice, a claim, a row of harm or minutes."""
    web.only_read()
    session, actor = web.session(), web.actor()
    resource_type, _column = service.source_type(ref)
    source = access.authorize(session, actor, DERIVE, resource_type, ref, g.now)
    form, left = ReleaseForm(), None
    if request.method == "GET":
        audit(session, actor, READ, resource_type, source, g.now)
        form.title.data, form.body.data = first_text(session, source)
    form.offer(entries_of(session, actor, g.now, *OFFERED), [("", "")])
    form.organisation.data = ""
    marking = source.tlp
    if form.validate_on_submit():
        text = form.text()
        if LOOK in request.form:
            left = service.redacted(text)
        elif _holds_back(form, text):
            with web.attempt(form):
                return _saved(service.derive(web.session(), actor, ref, text=text, now=g.now))
    return _page(form, left, marking, source=ref)


@releases.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft; whoever does is the last hand."""
    web.only_read()
    session, actor = web.session(), web.actor()
    release: Release = access.authorize(session, actor, EDIT, RELEASES, ref, g.now)
    kept = service.parties_chosen(session, release)
    before, version, marking = service.text_of(release, **kept), release.version, release.tlp
    form = ReleaseForm(data={**typed_from(before), "version": version})
    form.offer(entries_of(session, actor, g.now, *OFFERED), [("", "")])
    form.organisation.data = ""
    left, theirs = None, None
    if form.validate_on_submit():
        text = form.text(kept)
        if form.typed_version() != version:
            theirs = fields_saved_meanwhile(form, version)
        elif LOOK in request.form:
            left = service.redacted(text)
        elif _holds_back(form, text):
            with web.attempt(form):
                service.edit(web.session(), actor, ref, text=text, version=version, now=g.now)
                flash(gettext("Changes saved."))
                return redirect(url_for("releases.read", ref=ref))
    return _page(form, left, marking, ref=ref, theirs=theirs)


def _holds_back(form: ReleaseForm, text: service.ReleaseText) -> bool:
    """Whether mark-up shows nothing of what is marked; tried now, before anything is written."""
    shown = service.still_shown(text)
    for name, message in shown.items():
        form[name].errors = [*form[name].errors, gettext(message)]
    if not shown:
        web.write_on()
    return not shown


def _saved(release: Release) -> ResponseReturnValue:
    flash(gettext(SAVED))
    return redirect(url_for("releases.read", ref=release.ref))


def _page(form: ReleaseForm, left: Any, marking: str | None, **more: Any) -> ResponseReturnValue:
    web.only_read()
    shown = {"ref": None, "source": None, "homes": 0, "theirs": None} | more
    page = render_template(
        "releases/form.html", form=form, left=left, marking=marking, **QUESTIONS, **shown
    )
    return page, 409 if shown["theirs"] is not None else 422 if form.errors else 200
