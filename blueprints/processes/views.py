"""Pages of processes: list, one process, opened, said anew, and a door for each phase."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import options
from blueprints.following import may_be_followed
from blueprints.picture_files import Picture, limited, taken
from blueprints.processes.forms import AskForm, EditForm, ProcessForm
from blueprints.processes.months import by_month, nouns_of
from models.processes import Process
from portal import access, web
from portal import processes as service
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext
from portal.recipients import homes
from portal.rules import CLOSE, EDIT, OPEN_PROCESS, PHASES, PROCESSES
from portal.timeline import around

processes = Blueprint("processes", __name__, url_prefix="/processes")
may_be_followed(processes, PROCESSES)


@processes.get("/")
def index() -> ResponseReturnValue:
    """List the processes in which the person has a seat."""
    session, actor = web.session(), web.actor()
    return render_template(
        "processes/index.html",
        rows=service.listing(session, actor, g.now),
        homes=homes(session, actor, OPEN_PROCESS, g.now),
    )


@processes.route("/new", methods=["GET", "POST"])
@creates
def open_process() -> ResponseReturnValue:
    """Open a process for a mediation body."""
    session, actor = web.session(), web.actor()
    own = homes(session, actor, OPEN_PROCESS, g.now)
    if not own:
        return no_right("processes/none.html")
    form = ProcessForm()
    form.organisation.choices = options(own)
    if form.validate_on_submit():
        with web.attempt(form):
            process = service.open_process(
                session,
                actor,
                form.organisation.data,
                cover_name=form.cover_name.data,
                context=form.context.data or "",
                now=g.now,
            )
            flash(gettext("Process opened. Only you can see it. Next, add its members."))
            return redirect(url_for("processes.seat", ref=process.ref))
    return render_template("processes/new.html", form=form), 422 if form.errors else 200


@processes.get("/<ref>")
@limited
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one process as far as this person may see it."""
    session, actor = web.session(), web.actor()
    reading = service.read(session, actor, ref, g.now)
    found = around(session, actor, reading, g.now)
    there = nouns_of(found.entries)
    of = request.args.get("of", "") if request.args.get("of", "") in there else ""
    shown = [row for row in found.entries if not of or row.what == of]
    months = by_month(shown, there)
    heads = [gettext("Month"), *months.words]
    drawn = Picture("stacked", months.picture, gettext("Entries by month"), heads, months.rows)
    if file := taken({"timeline": drawn}, ref):
        return file
    return render_template(
        "processes/read.html",
        reading=reading,
        process=reading.process,
        verbs=reading.verbs,
        phases=PHASES,
        seats=found.seats,
        months=months,
        nouns_there=there,
        of=of,
        board=found.board,
        show=request.args.get("show", "") if request.args.get("show", "") in service.FLAGS else "",
    )


@processes.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Say anew what a process is about."""
    session, actor = web.session(), web.actor()
    process: Process = access.authorize(session, actor, EDIT, PROCESSES, ref, g.now)
    form, late = EditForm(obj=process), False
    if form.validate_on_submit():
        late = form.typed_version() != process.version
        if not late:
            with web.attempt(form):
                service.edit(
                    session,
                    actor,
                    ref,
                    cover_name=form.cover_name.data,
                    context=form.context.data or "",
                    open_seats=form.open_seats.data,
                    version=form.typed_version(),
                    now=g.now,
                )
                flash(gettext("Changes saved."))
                return redirect(url_for("processes.read", ref=ref))
        form.version.data = str(process.version)
    page = render_template("processes/edit.html", form=form, process=process, late=late)
    return page, 409 if late else 422 if form.errors else 200


def _endpoint(act: Callable[..., None]) -> Callable[[str], ResponseReturnValue]:
    def view(ref: str) -> ResponseReturnValue:
        act(web.session(), web.actor(), ref, g.now)
        flash(gettext("Phase changed. All members can see it."))
        return redirect(url_for("processes.read", ref=ref))

    view.__doc__ = act.__doc__
    return view


for _act in (service.prepare, service.begin_talks, service.agree, service.implement, service.pause):
    _verb = _act.__name__
    _address = f"/<ref>/{_verb.replace('_', '-')}"
    processes.add_url_rule(_address, _verb, _endpoint(_act), methods=["POST"])


@processes.route("/<ref>/close", methods=["GET", "POST"])
def close(ref: str) -> ResponseReturnValue:
    """Close a process, after a last look."""
    session, actor = web.session(), web.actor()
    process: Process = access.authorize(session, actor, CLOSE, PROCESSES, ref, g.now)
    if AskForm().validate_on_submit():
        service.close(session, actor, ref, g.now)
        flash(gettext("Process closed. Members can still read it."))
        return redirect(url_for("processes.read", ref=ref))
    return render_template("processes/close.html", process=process)
