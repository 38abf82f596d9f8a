"""How harm spread: a picture, the same as a table, the regions of the world; as files too.

The picture goes step by step, or region by region where the address says so (`by`).
"""

from collections.abc import Iterator
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.harm.exporting import HEADS, cells
from blueprints.harm.views import harm
from blueprints.pdf_files import PRINTS, as_png, made_on, refuse_unprintable, stem, to_save
from blueprints.spread_pictures import REGION, STEP, about, drawing_of, strictest
from portal import harm as service
from portal import web
from portal.harm import regions
from portal.language import gettext, lazy_gettext
from portal.norms import VERIFICATION_LABELS
from portal.receipts import export_of_many
from portal.rules import EXPORT, HARM
from portal.spreadsheets import Cell, as_csv
from portal.words import N_

TITLES = {
    STEP: N_("How the harm on %(ref)s spread"),
    REGION: N_("The harm on %(ref)s by region of the world"),
}
SUMMED = (
    lazy_gettext("Region"),
    lazy_gettext("Rows"),
    lazy_gettext("Countries"),
    lazy_gettext("Earliest beginning"),
    lazy_gettext("Unit"),
    lazy_gettext("Currency"),
    lazy_gettext("Year of the prices"),
    lazy_gettext("Sum of the lower ends"),
    lazy_gettext("Sum of the upper ends"),
    lazy_gettext("Rows in the sum"),
    lazy_gettext("Without a lower end"),
    lazy_gettext("Without an upper end"),
    lazy_gettext("Left out: not known"),
    lazy_gettext("Left out: totals"),
)
HEAD = 60  # pixels above the drawing for its marking, as harm/spread.svg has them


@harm.get("/spread/<ref>")
def spread(ref: str) -> ResponseReturnValue:
    """Show how the harm on a notice or process spread, as far as the person reads of it."""
    narrow = _narrow()
    found = service.spread(web.session(), web.actor(), ref, g.now, narrowed=narrow)
    return render_template(
        "harm/spread.html",
        all=found,
        drawing=drawing_of(found, linked=True, by=_by()),
        by=_by(),
        narrow={name: key for name, key in narrow.__dict__.items() if key} | _asked_by(),
        narrowed=_in_words(narrow),
        about=about,
        steps=service.STEPS,
        regions=regions.REGIONS,
        regions_source=regions.SOURCE,
        regions_verified=regions.VERIFIED_AS,
        verifications=VERIFICATION_LABELS,
    )


@harm.get("/spread/<ref>/svg")
@web.records
def spread_svg(ref: str) -> ResponseReturnValue:
    """Hand out the picture as SVG, with the strictest marking of its rows in its first line."""
    found = _taken(ref, "svg")
    page, _size = _as_picture(found, ref)
    name = f"{stem(_called(ref), strictest(found))}.svg"
    return to_save(page.encode(), "image/svg+xml", name)


@harm.get("/spread/<ref>/png")
@web.records
@web.limiter.limit(PRINTS)
def spread_png(ref: str) -> ResponseReturnValue:
    """Hand out the same picture as PNG."""
    refuse_unprintable()
    found = _taken(ref, "png")
    return as_png(*_as_picture(found, ref), _called(ref), strictest(found))


def _as_picture(found: service.Spread, ref: str) -> tuple[str, tuple[int, int]]:
    """The picture with its marking, and its width and height."""
    drawing, title = drawing_of(found, linked=False, by=_by()), gettext(TITLES[_by()], ref=ref)
    page = render_template(
        "harm/spread.svg",
        drawing=drawing,
        title=title,
        tlp=strictest(found),
        who=web.actor().name,
        made_on=made_on(),
    )
    return page, (round(drawing.width), round(drawing.height) + HEAD)


@harm.get("/spread/<ref>/csv")
@web.records
def spread_csv(ref: str) -> ResponseReturnValue:
    """Hand out the rows of the picture as CSV, in its order and with their regions, or the sums."""
    found = _taken(ref, "csv")
    if _by() == REGION:
        content = as_csv([str(head) for head in SUMMED], _summed(found))
        return to_save(content, "text/csv", f"{stem(_called(ref), strictest(found))}.csv")
    heads = [gettext("Step"), gettext("Region"), *(str(head) for head in HEADS)]
    rows = [
        [
            gettext(service.STEPS[one.step]),
            gettext(regions.REGIONS[one.region]),
            *cells(one.row, one.row.who, one.row.said_by, one.row.ticket),
        ]
        for one in found.rows
    ]
    content = as_csv(heads, rows)
    return to_save(content, "text/csv", f"{stem(_called(ref), strictest(found))}.csv")


def _summed(found: service.Spread) -> Iterator[list[Cell]]:
    """A line for each region and measure; a region of which no row speaks says that."""
    for group in found.regions:
        name, unknown = gettext(regions.REGIONS[group.key]), service.NOT_KNOWN
        countries = " ".join(group.countries) or unknown
        since = group.since or unknown
        if not group.rows:
            yield [name, gettext("no row that you can read"), *[unknown] * (len(SUMMED) - 2)]
        for one in group.totals:
            ends = [service.written(end) for end in (one.low, one.high)]
            left_out = [one.without_low, one.without_high, one.unknown, one.holding]
            measure = [one.unit, one.currency, one.year]
            rows = len(group.rows)
            yield [name, rows, countries, since, *measure, *ends, one.rows, *left_out]


def _called(ref: str) -> str:
    return f"{'regions' if _by() == REGION else 'spread'}-{ref}"


def _by() -> str:
    return REGION if request.args.get("by") == REGION else STEP


def _asked_by() -> dict[str, Any]:
    return {"by": REGION} if _by() == REGION else {}


def _taken(ref: str, made_as: str) -> service.Spread:
    """What is taken along, which the trail notes of each row."""
    session, actor = web.session(), web.actor()
    found = service.spread(session, actor, ref, g.now, narrowed=_narrow(), verb=EXPORT)
    taken = ((one.row.id, one.row.edition) for one in found.rows)
    export_of_many(session, actor, HARM, taken, g.now, made_as=made_as)
    web.let_go()
    return found


def _narrow() -> service.Narrow:
    """What the address asks for; what is garbled narrows nothing."""
    step, region = (request.args.get(name, "") for name in ("step", "region"))
    return service.Narrow(
        step if step in service.STEPS else "", region if region in regions.REGIONS else ""
    )


def _in_words(narrow: service.Narrow) -> str:
    words = [service.STEPS[narrow.step]] if narrow.step else []
    words += [regions.REGIONS[narrow.region]] if narrow.region else []
    return ", ".join(gettext(word) for word in words)
