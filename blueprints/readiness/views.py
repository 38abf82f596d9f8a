"""One's own self-checks: begun, answered, completed with advice, looked at again, erased."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from blueprints import pdf_files
from blueprints.readiness.forms import AnswersForm, AskForm, BeginForm, form_for
from models.readiness import Scope, SelfCheck
from portal import access, web
from portal import readiness as service
from portal.days import day_of
from portal.errors import TooLate
from portal.language import gettext
from portal.pictures.bars import bars
from portal.readiness import ABOUT, ANSWERS, SCOPES, Reading
from portal.rules import ANSWER, COMPLETE, ERASE, EXPORT, READINESS
from portal.sealing import Sealer

readiness = Blueprint("readiness", __name__, url_prefix="/readiness")


def _sealer() -> Sealer:
    sealer: Sealer = current_app.extensions["sealer"]
    return sealer


@readiness.get("/")
def index() -> ResponseReturnValue:
    """List one's own self-checks: where each stands, and how the answers went over time."""
    rows = service.mine(web.session(), web.actor(), _sealer(), g.now)
    heads = [gettext(ANSWERS[answer]) for answer in service.DRAWN]
    tables = {scope: _by_day(rows, scope) for scope in SCOPES}
    return render_template(
        "readiness/index.html",
        rows=rows,
        newest={row.check.scope: row for row in reversed(rows)},
        subjects=ABOUT,
        heads=heads,
        tables={
            scope: [(day, *counts) for day, counts in found] for scope, found in tables.items()
        },
        progress={scope: bars(found, heads) for scope, found in tables.items() if len(found) > 1},
    )


def _by_day(rows: list[service.Mine], scope: Scope) -> list[tuple[str, list[int]]]:
    zone = web.actor().zone
    return [
        (format_date(day_of(row.check.completed_at, zone), "d MMM y"), row.by_answer())
        for row in reversed(rows)
        if row.check.scope == scope and row.check.completed_at and row.counts is not None
    ]


@readiness.post("/new")
def begin_self_check() -> ResponseReturnValue:
    """Begin a self-check of the scope that was chosen."""
    form = BeginForm()
    if not form.validate_on_submit():
        abort(400)
    scope = Scope(form.scope.data)
    check = service.begin_self_check(web.session(), web.actor(), scope, g.now)
    return redirect(url_for("readiness.answer", ref=check.ref))


@readiness.get("/<ref>")
def read(ref: str) -> ResponseReturnValue:
    """Show one of one's self-checks: the advice, then all answers."""
    return render_template("readiness/read.html", reading=_read(ref), answers_words=ANSWERS)


@readiness.route("/<ref>/answer", methods=["GET", "POST"])
def answer(ref: str) -> ResponseReturnValue:
    """Answer the questions, some now and others later."""

    def save(form: AnswersForm, check: SelfCheck) -> str:
        service.answer(web.session(), web.actor(), ref, **_typed(form, check), now=g.now)
        return gettext("Answers saved. Nobody else can read them.")

    return _take(ref, ANSWER, save)


@readiness.post("/<ref>/complete")
def complete(ref: str) -> ResponseReturnValue:
    """Complete a self-check, and lead to its advice."""

    def save(form: AnswersForm, check: SelfCheck) -> str:
        typed = _typed(form, check) | {"look_again_on": form.look_again_on.data}
        service.complete(web.session(), web.actor(), ref, **typed, now=g.now)
        return gettext("Self-check completed. This is your advice.")

    return _take(ref, COMPLETE, save)


def _typed(form: AnswersForm, check: SelfCheck) -> dict[str, Any]:
    answers = form.answers(service.asked_of(check.scope))
    return {"answers": answers, "version": form.typed_version(), "sealer": _sealer()}


def _take(
    ref: str, verb: str, save: Callable[[AnswersForm, SelfCheck], str]
) -> ResponseReturnValue:
    check = access.authorize(web.session(), web.actor(), verb, READINESS, ref, g.now)
    said = _read(ref).answers if request.method == "GET" else None
    form = form_for(check, service.asked_of(check.scope), said or {}, _today())
    theirs = False
    if form.validate_on_submit():
        try:
            with web.attempt(form):
                flash(save(form, check))
                return redirect(url_for("readiness.read", ref=ref))
        except TooLate:
            theirs = True
    web.only_read()
    reading = _read(ref)
    if theirs:
        # Sending again is then a decision made knowing that other answers were saved.
        form.version.data = str(reading.check.version)
    page = render_template("readiness/answer.html", reading=reading, form=form, theirs=theirs)
    return page, 409 if theirs else 422 if form.errors else 200


def _read(ref: str) -> Reading:
    return service.read(web.session(), web.actor(), ref, _sealer(), g.now)


def _today() -> date:
    return day_of(g.now, web.actor().zone)


@readiness.get("/<ref>/export")
@web.limiter.limit(pdf_files.PRINTS)
def export(ref: str) -> ResponseReturnValue:
    """Hand out the advice of a self-check as PDF; it is made for this once, and kept nowhere."""
    pdf_files.refuse_unprintable()
    reading = service.read(web.session(), web.actor(), ref, _sealer(), g.now, EXPORT)
    web.let_go()
    page = render_template("readiness/pdf.html", reading=reading, made=pdf_files.made_on())
    return pdf_files.as_pdf(page, ref, "RED")


@readiness.post("/<ref>/renew")
def renew(ref: str) -> ResponseReturnValue:
    """Begin the next self-check of the same scope, from the answers of this one."""
    following = service.renew(web.session(), web.actor(), ref, _sealer(), g.now)
    return redirect(url_for("readiness.answer", ref=following.ref))


@readiness.route("/<ref>/erase", methods=["GET", "POST"])
def erase(ref: str) -> ResponseReturnValue:
    """Erase the answers, after a last look."""
    check = access.authorize(web.session(), web.actor(), ERASE, READINESS, ref, g.now)
    if AskForm().validate_on_submit():
        service.erase(web.session(), web.actor(), ref, g.now)
        flash(gettext("The answers are erased."))
        return redirect(url_for("readiness.index"))
    return render_template("readiness/erase.html", check=check)
