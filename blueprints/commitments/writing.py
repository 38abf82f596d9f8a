"""Pages on which a commitment is written: new, edit, propose; countered and amended."""

from datetime import date, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import version_read
from blueprints.choices import LOOK, MORE, options, saying_who_is_silent
from blueprints.commitments.forms import (
    CommitmentForm,
    OtherTermsForm,
    ProposeForm,
    TermsForm,
    typed_draft,
    typed_from,
)
from blueprints.commitments.views import commitments
from blueprints.drafting import saved_meanwhile, titled
from blueprints.precaution_forms import answers_of
from models.commitments import Commitment
from models.vocabulary import Tlp
from portal import access, clauses, web
from portal import commitments as service
from portal.commitments import consequences
from portal.days import day_of
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext
from portal.parsing import whole
from portal.recipients import audience_preview, choices, homes, list_of
from portal.rules import AMEND, COMMITMENTS, COUNTER, DRAFT_COMMITMENT, EDIT, PROPOSE

ANSWERED_IN = timedelta(days=21)


@commitments.route("/new", methods=["GET", "POST"])
@creates
def draft_commitment() -> ResponseReturnValue:
    """Write a commitment, from nothing or from a clause; a look comes before anything is saved."""
    session, actor = web.session(), web.actor()
    own = homes(session, actor, DRAFT_COMMITMENT, g.now)
    if not own:
        return no_right("commitments/none.html")
    form, preview = CommitmentForm(data=_from_clause()), None
    _offer(form, choices(session, actor, g.now), own)
    chosen = whole(request.args.get("part_of"))
    if request.method == "GET" and chosen in [key for key, *_ in form.part_of.choices]:
        form.part_of.data = chosen
    if form.uses_list():
        return _form_page(form, "new")
    if form.validate_on_submit() and MORE not in request.form:
        typed = _typed(form)
        with web.attempt(form):
            if LOOK in request.form:
                home = form.organisation.data
                preview = service.who_will_see(session, actor, home, **titled(typed))
            else:
                draft = service.draft_commitment(session, actor, form.organisation.data, **typed)
                return _saved(draft.ref, gettext("Draft saved. Only your organisation can see it."))
    return _form_page(form, "new", preview=preview)


def _from_clause() -> dict[str, Any]:
    ref = request.args.get("clause", "")
    if not ref:
        return {}
    clause = clauses.one(web.session(), web.actor(), ref, g.now)
    due = day_of(g.now, web.actor().zone) + timedelta(days=clause.days)
    return {
        "title": clause.title,
        "body": clause.body,
        "how_known": clause.how_known,
        "theme": clause.theme,
        "every": clause.every,
        "due_on": due,
    }


def _offer(form: CommitmentForm, entries: dict[str, list[tuple[Any, str]]], own: Any) -> None:
    form.offer({**entries, "organisation": own})
    organisations = saying_who_is_silent(entries["organisations"], entries["unanswered"])
    form.addressee.choices = options([(0, gettext("Choose")), *organisations])
    form.verifier.choices = options([(0, gettext("The counterpart itself")), *organisations])
    form.part_of.choices = options([(0, gettext("None")), *entries["processes"]])


def _typed(form: CommitmentForm, kept: Any = None) -> dict[str, Any]:
    return {
        "text": form.text(Tlp(form.tlp.data)),
        "with_whom": form.with_whom(),
        "to": form.recipient_list(kept),
        "now": g.now,
    }


@commitments.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft."""
    session, actor = web.session(), web.actor()
    draft: Commitment = access.authorize(session, actor, EDIT, COMMITMENTS, ref, g.now)
    text, with_whom, to = (
        service.text_of(session, draft),
        service.between(draft),
        list_of(session, draft),
    )
    form = CommitmentForm(data=typed_draft(text, with_whom, to) | {"version": draft.version})
    _offer(form, choices(session, actor, g.now), [("", "")])
    form.organisation.data, preview = "", None
    if form.uses_list():
        return _form_page(form, "edit", unseen=form.unseen(to))
    if form.validate_on_submit() and MORE not in request.form:
        typed = _typed(form, to)
        if form.typed_version() != draft.version:
            return _both_texts(form, "edit", typed["text"], text, draft, form.unseen(to))
        with web.attempt(form):
            if LOOK in request.form:
                preview = service.who_would_see(session, actor, ref, **titled(typed))
            else:
                service.edit(session, actor, ref, version=form.typed_version(), **typed)
                return _saved(ref, gettext("Changes saved."))
    return _form_page(form, "edit", preview=preview, unseen=form.unseen(to))


def _saved(ref: str, words: str) -> ResponseReturnValue:
    # On the way to proposing the next page shows who will see it; nothing else is to be said.
    if "propose" in request.form:
        return redirect(url_for("commitments.propose", ref=ref))
    flash(words)
    return redirect(url_for("commitments.read", ref=ref))


def _both_texts(
    form: TermsForm, verb: str, typed: Any, kept: Any, resource: Commitment, unseen: int = 0
) -> ResponseReturnValue:
    theirs = saved_meanwhile(form, typed, kept, resource.version, by_words=True)
    return _form_page(form, verb, theirs=theirs, unseen=unseen, status=409)


def _form_page(form: TermsForm, verb: str, **more: Any) -> ResponseReturnValue:
    if not form.errors:
        form.with_blanks()
    page = render_template(
        "commitments/form.html" if isinstance(form, CommitmentForm) else "commitments/terms.html",
        form=form,
        verb=verb,
        preview=more.get("preview"),
        unseen=more.get("unseen", 0),
        theirs=more.get("theirs"),
        resource=more.get("resource"),
        again=more.get("again", False),
    )
    return page, more.get("status", 422 if form.errors else 200)


@commitments.route("/<ref>/propose", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def propose(ref: str) -> ResponseReturnValue:
    """Show once more who will see it, then put the draft before its addressee."""
    session, actor = web.session(), web.actor()
    draft: Commitment = access.authorize(session, actor, PROPOSE, COMMITMENTS, ref, g.now)
    asked = consequences.questions_of(draft)
    seen = version_read(draft.version)
    begun = {"answer_by_on": _suggested_day(draft), "version": seen}
    form = ProposeForm(data={**draft.consequences, **begun})
    late = form.is_late(draft.version)
    if not late and form.validate_on_submit():
        answers, seen = answers_of(form, asked), draft.version
        with web.attempt(form):
            if asked and "save" in request.form:
                consequences.answer(session, actor, ref, answers=answers, version=seen, now=g.now)
                flash(gettext("Answers saved. Only your organisation can see them."))
            else:
                day, more = form.answer_by_on.data, answers if asked else None
                service.propose(session, actor, ref, answer_by_on=day, now=g.now, answers=more)
                flash(gettext("Commitment proposed. The counterpart is notified."))
            return redirect(url_for("commitments.read", ref=ref))
        draft = access.authorize(session, actor, PROPOSE, COMMITMENTS, ref, g.now)
    page = render_template(
        "commitments/propose.html",
        form=form,
        commitment=draft,
        questions=asked,
        process_ref=consequences.process_ref(session, actor, draft, g.now) if asked else "",
        preview=audience_preview(session, actor, COMMITMENTS, draft, g.now),
        late=late,
    )
    return page, 409 if late else 422 if form.errors else 200


def _suggested_day(draft: Commitment) -> date:
    usual = day_of(g.now, draft.zone) + ANSWERED_IN
    # What is due sooner is answered by then: a page suggests no day that it would refuse.
    return min(usual, draft.due_on) if draft.due_on else usual


@commitments.route("/<ref>/counter", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def counter(ref: str) -> ResponseReturnValue:
    """Answer a proposal with other terms."""
    return _other_terms(ref, COUNTER)


@commitments.route("/<ref>/amend", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def amend(ref: str) -> ResponseReturnValue:
    """Ask the other party for other terms."""
    return _other_terms(ref, AMEND)


def _other_terms(ref: str, verb: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    resource: Commitment = access.authorize(session, actor, verb, COMMITMENTS, ref, g.now)
    text = service.text_of(session, resource)
    like = request.args.get("like", type=int)
    if like is not None and verb == AMEND:
        begun, why = service.asked_again(session, actor, ref, like, g.now)
    else:
        begun, why = text, ""
    form = OtherTermsForm(data=typed_from(begun) | {"version": resource.version, "why": why})
    if form.validate_on_submit() and MORE not in request.form:
        typed = form.text(text.tlp)
        if form.typed_version() != resource.version:
            return _both_texts(form, verb, typed, text, resource)
        act = service.counter if verb == COUNTER else service.amend
        with web.attempt(form):
            act(
                session,
                actor,
                ref,
                text=typed,
                why=form.why.data or "",
                version=form.typed_version(),
                now=g.now,
            )
            flash(gettext("Request sent. The other party is notified."))
            return redirect(url_for("commitments.read", ref=ref))
    return _form_page(form, verb, resource=resource, again=begun != text)
