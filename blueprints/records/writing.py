"""The page on which a record is written: a form for each point, kept while one types.

With scripts a form keeps itself two seconds after the last e-mail, at the same address as its
button does; the answer is then a few words beside the button, and the version for the next time.
"""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import AskForm
from blueprints.choices import options, saying_who_is_silent
from blueprints.records.forms import (
    ActionForm,
    AddPointForm,
    PointForm,
    RemovePointForm,
    positions_form,
)
from blueprints.records.views import records
from portal import records as service
from portal import web
from portal.comparing import words
from portal.errors import TooLate
from portal.forms import creates
from portal.language import gettext
from portal.records import PointText, Sheet
from portal.records.related import PointRow
from portal.template_filters import markdown


@records.route("/<ref>/write", methods=["GET", "POST"])
def write(ref: str) -> ResponseReturnValue:
    """Write the points of a draft, one at a time."""
    form, live = PointForm(), "HX-Request" in request.headers
    web.only_read()  # texts are compared first; the act that follows asks for the version again
    try:
        sheet = _sheet(ref)
        if not form.is_submitted():
            return _page(sheet)
        return _keep(sheet, form, live)
    except TooLate:
        if not live:
            raise
        return render_template("records/kept.html", said="shut"), 409


def _sheet(ref: str) -> Sheet:
    return service.sheet(web.session(), web.actor(), ref, g.now)


def _keep(sheet: Sheet, form: PointForm, live: bool) -> ResponseReturnValue:
    key = form.point.data or 0
    row = sheet.point(key)
    if row is None:
        raise TooLate("write")
    typed, kept, ref = form.text(request.form), sheet.text(row), sheet.record.ref
    drawn = markdown(typed.notes) if live else ""  # before anything is written
    if form.validate() and not service.same(kept, typed):
        version = form.typed_version()
        if live and _own_slow_line(row, kept, typed, version):
            version = row.version
        web.write_on()
        try:
            with web.attempt(form):
                said = {"text": typed, "version": version, "now": g.now}
                service.write(web.session(), web.actor(), ref, key, **said)
        except TooLate:
            web.only_read()
            return _both(_sheet(ref), form, typed, live)
        sheet = _sheet(ref)
    if form.errors:
        web.only_read()
        return _refused(_sheet(ref), form, typed, live)
    if live:
        version = (sheet.point(key) or row).version
        page = "records/kept.html"
        return render_template(page, said="kept", key=key, version=version, drawn=drawn)
    flash(gettext("Point saved."))
    return _back(ref, key)


def _own_slow_line(row: PointRow, kept: PointText, typed: PointText, version: int) -> bool:
    # On a slow line the next words leave before the answer to the last ones has come. Then they
    # carry the version before; they are taken as long as not a word is lost by it.
    mine = row.changed_by_id == web.actor().person_id and version == row.version - 1
    return mine and not service.loses(kept, typed)


def _both(sheet: Sheet, form: PointForm, typed: PointText, live: bool) -> ResponseReturnValue:
    """Somebody wrote this point meanwhile: both texts, and nothing is written."""
    row = sheet.point(form.point.data or 0)
    if row is None:
        raise TooLate("write")
    theirs = _compared(sheet, row, typed)
    if live:
        # The version stays as it was: only whoever has seen both texts puts their own in its place.
        return render_template("records/kept.html", said="both", theirs=theirs, row=row), 409
    form.version.data = str(row.version)
    return _page(sheet, form, typed, theirs=theirs, status=409)


def _refused(sheet: Sheet, form: PointForm, typed: PointText, live: bool) -> ResponseReturnValue:
    if live:
        messages = [str(message) for group in form.errors.values() for message in group]
        return render_template("records/kept.html", said="refused", messages=messages), 422
    return _page(sheet, form, typed, status=422)


def _compared(sheet: Sheet, row: PointRow, typed: PointText) -> list[tuple[str, Any]]:
    """What was typed and what is kept, word by word, where the two differ: name and parts."""
    kept, sides = sheet.text(row), {side.id: side.organisation for side in sheet.delegations}
    pairs = [(gettext("Title"), typed.title, kept.title)]
    pairs.append((gettext("Discussion"), typed.notes, kept.notes))
    for key, said in typed.positions.items():
        pairs.append((sides.get(key, ""), said, kept.positions.get(key, "")))
    plain = [(name, *("\n".join(text.splitlines()) for text in both)) for name, *both in pairs]
    return [(name, words(mine, theirs)) for name, mine, theirs in plain if mine != theirs]


def _page(
    sheet: Sheet,
    typed_form: PointForm | None = None,
    typed: PointText | None = None,
    *,
    others: dict[str, Any] | None = None,
    theirs: Any = (),
    status: int = 200,
) -> ResponseReturnValue:
    typed_key = typed_form.point.data if typed_form else 0
    forms = []
    for row in sheet.points:
        said = sheet.said(row.id)
        form = PointForm(None, title=row.title, notes=row.notes, point=row.id, version=row.version)
        if typed_form is not None and typed is not None and row.id == typed_key:
            form, said = typed_form, said | typed.positions
        positions = None
        if sheet.dialogue.attributed:
            positions = positions_form(row.id, sheet.delegations, said)
        forms.append((row, form.with_own_ids(row.id), positions, len(sheet.said(row.id))))
    page = render_template(
        "records/write.html",
        sheet=sheet,
        record=sheet.record,
        forms=forms,
        typed_form=typed_form,
        theirs=theirs,
        **(_more_forms(sheet) | (others or {})),
    )
    return page, status


def _again(ref: str, **others: Any) -> ResponseReturnValue:
    """The page with a form that was refused; texts are drawn while nothing is being written."""
    web.only_read()
    return _page(_sheet(ref), others=others, status=422)


def _more_forms(sheet: Sheet) -> dict[str, Any]:
    add, act = AddPointForm(None), ActionForm(None)
    named = [(row.id, f"{row.number}. {row.title}") for row in sheet.points]
    add.after.choices = options([(0, gettext("The last point")), *named])
    _offer(act, sheet)
    return {"add_form": add, "action_form": act}


def _offer(form: ActionForm, sheet: Sheet) -> None:
    named = [(row.id, f"{row.number}. {row.title}") for row in sheet.points]
    form.point.choices = options(named)
    homes = saying_who_is_silent(sheet.organisations, sheet.unanswered)
    for field in (form.organisation, form.addressee):
        field.choices = options([(0, gettext("Choose an organisation")), *homes])


def _back(ref: str, key: int | None = None) -> ResponseReturnValue:
    anchor = f"point-{key}" if key else None
    return redirect(url_for("records.write", ref=ref, _anchor=anchor))


@records.post("/<ref>/add-point")
@creates
def add_point(ref: str) -> ResponseReturnValue:
    """Add a point to a draft."""
    sheet, form = _sheet(ref), AddPointForm()
    form.after.choices = _more_forms(sheet)["add_form"].after.choices
    if form.validate_on_submit():
        with web.attempt(form):
            said = {"title": form.title.data or "", "after": form.after.data, "now": g.now}
            point = service.add_point(web.session(), web.actor(), ref, **said)
            flash(gettext("Point added."))
            return _back(ref, point.id)
    return _again(ref, add_form=form)


@records.post("/<ref>/points/<int:key>/move")
def move_point(ref: str, key: int) -> ResponseReturnValue:
    """Move a point of a draft one place up or down."""
    up = request.form.get("way") == "up"
    service.move_point(web.session(), web.actor(), ref, key, up=up, now=g.now)
    return _back(ref, key)


@records.post("/<ref>/points/<int:key>/remove")
def remove_point(ref: str, key: int) -> ResponseReturnValue:
    """Take a point out of a draft."""
    form = RemovePointForm()
    with web.attempt(form):
        version = form.typed_version()
        service.remove_point(web.session(), web.actor(), ref, key, version=version, now=g.now)
        flash(gettext("Point removed."))
    if form.errors:
        flash(" ".join(str(m) for group in form.errors.values() for m in group), "warning")
        return _back(ref, key)
    return _back(ref)


@records.post("/<ref>/add-action")
@creates
def add_action(ref: str) -> ResponseReturnValue:
    """Write down what somebody is to do."""
    sheet, form = _sheet(ref), ActionForm()
    _offer(form, sheet)
    if form.validate_on_submit():
        with web.attempt(form):
            who = (web.session(), web.actor(), ref, form.point.data)
            service.add_action(*who, text=form.action(), now=g.now)
            flash(gettext("Action item saved."))
            return redirect(url_for("records.write", ref=ref, _anchor="actions"))
    return _again(ref, action_form=form)


@records.post("/<ref>/actions/<int:number>/remove")
def remove_action(ref: str, number: int) -> ResponseReturnValue:
    """Take an action out of a draft."""
    form = AskForm()
    with web.attempt(form):
        service.remove_action(web.session(), web.actor(), ref, number, g.now)
        flash(gettext("Action item removed."))
    return redirect(url_for("records.write", ref=ref, _anchor="actions"))
