"""The registry of norms: all by framework, each on a page of its own, and what is tied to them."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.norms.forms import FilterForm, FrameworkForm, PledgeForm
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
def coverage() -> ResponseReturnValue:
    """Count the resources that the person may read by norm and organisation."""
    form = FrameworkForm(request.args)
    framework = FRAMEWORKS.get(form.framework.data or "") or next(iter(FRAMEWORKS.values()))
    form.framework.data = framework.key
    matrix = service.matrix(web.session(), web.actor(), g.now, framework=framework.key)
    rows = [f"{label(norm.key)}: {gettext(norm.title)}" for norm in matrix.norms]
    names = [name for _ref, name in matrix.organisations]
    return render_template(
        "norms/coverage.html",
        form=form,
        framework=framework,
        matrix=matrix,
        drawing=grid(rows, names, matrix.counts),
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
        rows=service.tied(web.session(), web.actor(), key, g.now, organisation=organisation),
    )
