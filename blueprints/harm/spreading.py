"""How harm spread: a picture, the same as a table, the regions of the world; as SVG and CSV too."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.harm.exporting import HEADS, cells
from blueprints.harm.views import harm
from blueprints.pdf_files import PRINTS, as_png, made_on, refuse_unprintable, stem, to_save
from blueprints.spread_pictures import about, drawing_of, strictest
from portal import harm as service
from portal import web
from portal.harm import regions
from portal.language import gettext
from portal.norms import VERIFICATION_LABELS
from portal.receipts import export_of_many
from portal.rules import EXPORT, HARM
from portal.spreadsheets import as_csv

HEAD = 60  # pixels above the drawing for its marking, as harm/spread.svg has them


@harm.get("/spread/<ref>")
def spread(ref: str) -> ResponseReturnValue:
    """Show how the harm on a notice or process spread, as far as the person reads of it."""
    narrow = _narrow()
    found = service.spread(web.session(), web.actor(), ref, g.now, narrowed=narrow)
    return render_template(
        "harm/spread.html",
        all=found,
        drawing=drawing_of(found, linked=True),
        narrow={name: key for name, key in narrow.__dict__.items() if key},
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
    name = f"{stem(f'spread-{ref}', strictest(found))}.svg"
    return to_save(page.encode(), "image/svg+xml", name)


@harm.get("/spread/<ref>/png")
@web.records
@web.limiter.limit(PRINTS)
def spread_png(ref: str) -> ResponseReturnValue:
    """Hand out the same picture as PNG."""
    refuse_unprintable()
    found = _taken(ref, "png")
    return as_png(*_as_picture(found, ref), f"spread-{ref}", strictest(found))


def _as_picture(found: service.Spread, ref: str) -> tuple[str, tuple[int, int]]:
    """The picture with its marking, and its width and height."""
    drawing = drawing_of(found, linked=False)
    page = render_template(
        "harm/spread.svg",
        drawing=drawing,
        title=gettext("How the harm on %(ref)s spread", ref=ref),
        tlp=strictest(found),
        who=web.actor().name,
        made_on=made_on(),
    )
    return page, (round(drawing.width), round(drawing.height) + HEAD)


@harm.get("/spread/<ref>/csv")
@web.records
def spread_csv(ref: str) -> ResponseReturnValue:
    """Hand out the rows of the picture as CSV, in its order and with their regions."""
    found = _taken(ref, "csv")
    heads = [gettext("Step"), gettext("Region"), *(str(head) for head in HEADS)]
    rows = [
        [
            gettext(service.STEPS[one.step]),
            gettext(regions.REGIONS[one.region]),
            *cells(one.row, one.row.who, one.row.said_by),
        ]
        for one in found.rows
    ]
    content = as_csv(heads, rows)
    return to_save(content, "text/csv", f"{stem(f'spread-{ref}', strictest(found))}.csv")


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
