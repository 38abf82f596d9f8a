"""The registry of norms: all by framework, each on a page of its own, and what is tied to them."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.norms.forms import FilterForm, FrameworkForm, MeasuresForm, PledgeForm
from blueprints.picture_files import Picture, limited, taken
from portal import coverage as service
from portal import stakeholders, web
from portal.errors import NotFound
from portal.language import gettext, spoken
from portal.norms import (
    FRAMEWORKS,
    INSTRUMENTS,
    NORMS,
    PLEDGES,
    STATUSES,
    TOPICS,
    VERIFICATIONS,
    find,
    label,
)
from portal.pictures.grid import grid

WORDS = {"statuses": STATUSES, "topics": TOPICS, "verifications": VERIFICATIONS}

FIRST_MEASURES = next(iter(service.MEASURES.values()))
OF_KEY = {one.key: one for one in service.SERVICES}

norms = Blueprint("norms", __name__, url_prefix="/norms")


@norms.get("/")
def index() -> ResponseReturnValue:
    """List the norms by framework, filtered by words and topic."""
    form = FilterForm(request.args)
    found = find(
        (form.words.data or "")[:100],
        form.framework.data or "",
        form.topic.data or "",
        among=spoken().norms,
    )
    return render_template(
        "norms/index.html",
        form=form,
        found=found,
        label=label,
        **WORDS,
    )


@norms.get("/instruments")
def instruments() -> ResponseReturnValue:
    """List the policy and other instruments beside the norms, each with its status."""
    return render_template("norms/instruments.html", instruments=INSTRUMENTS, **WORDS)


@norms.get("/coverage")
@limited
def coverage() -> ResponseReturnValue:
    """Count the resources that the person may read by norm and organisation."""
    form = FrameworkForm(request.args)
    framework = FRAMEWORKS.get(form.framework.data or "") or next(iter(FRAMEWORKS.values()))
    form.framework.data = framework.key
    matrix = service.matrix(web.session(), web.actor(), g.now, framework=framework.key)
    rows = [f"{label(norm.key)}: {gettext(norm.title)}" for norm in matrix.norms]
    names = [name for _ref, name in matrix.organisations]
    drawing = grid(rows, names, matrix.counts)
    title = gettext("Notices and commitments linked to norms, by organisation")
    lines = [(row, *line) for row, line in zip(rows, matrix.counts, strict=True)]
    drawn = Picture("grid", drawing, title, [gettext("Norm"), *names], lines)
    if file := taken({"coverage": drawn}, f"norms-{framework.key}"):
        return file
    return render_template(
        "norms/coverage.html",
        form=form,
        framework=framework,
        matrix=matrix,
        drawing=drawing,
    )


@norms.get("/supporters")
def supporters() -> ResponseReturnValue:
    """List the organisations that declare to support a pledge."""
    form = PledgeForm(request.args)
    pledge = PLEDGES.get(form.framework.data or "") or next(iter(PLEDGES.values()))
    form.framework.data = pledge.key
    page = stakeholders.supporters(
        web.session(),
        web.actor(),
        g.now,
        framework=pledge.key,
        after=request.args.get("after", ""),
    )
    return render_template("norms/supporters.html", form=form, framework=pledge, page=page)


@norms.get("/measures")
@limited
def measures() -> ResponseReturnValue:
    """Show what in the portal serves each confidence-building measure, and how far it is in use."""
    form = MeasuresForm(request.args)
    framework = service.MEASURES.get(form.framework.data or "") or FIRST_MEASURES
    form.framework.data = framework.key
    found = service.measures_in_use(web.session(), web.actor(), g.now, framework=framework.key)
    rows = [f"{label(norm.key)}: {gettext(norm.title)}" for norm in found.measures]
    names = [gettext("Linked"), *(gettext(one.name) for one in service.SERVICES)]
    totals = found.linked.totals
    cells = [(linked, *line) for linked, line in zip(totals, found.counts, strict=True)]
    drawing = grid(rows, names, cells)
    title = gettext("What you can see in the portal that serves each measure")
    lines = [(row, *line) for row, line in zip(rows, cells, strict=True)]
    drawn = Picture("grid", drawing, title, [gettext("Measure"), *names], lines)
    if file := taken({"measures": drawn}, f"norms-{framework.key}"):
        return file
    return render_template(
        "norms/measures.html",
        form=form,
        framework=framework,
        found=found,
        services=service.SERVICES,
        most=service.SHOWN,
        drawing=drawing,
    )


@norms.get("/measures/rows")
def measure_rows() -> ResponseReturnValue:
    """List what was counted of a service that serves confidence-building measures."""
    shown = OF_KEY.get(request.args.get("service", "")) or service.SERVICES[0]
    rows = service.rows_of_service(web.session(), web.actor(), g.now, shown.key)
    return render_template(
        "norms/measure_rows.html", service=shown, noun=service.NOUN_OF[shown.key], rows=rows
    )


@norms.get("/<key>")
def read(key: str) -> ResponseReturnValue:
    """Show one norm with its symbol and source, and the resources that are tied to it."""
    norm = NORMS.get(key)
    if norm is None:
        raise NotFound
    organisation = request.args.get("organisation", "")
    return render_template(
        "norms/read.html",
        norm=norm,
        framework=FRAMEWORKS[norm.framework],
        label=label(key),
        **WORDS,
        organisation=organisation,
        measures=service.MEASURES,
        rows=service.tied(web.session(), web.actor(), key, g.now, organisation=organisation),
    )
