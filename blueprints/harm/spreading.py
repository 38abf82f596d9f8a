"""How harm spread: a picture, the same as a table, the regions of the world; as SVG and CSV too."""

from typing import Any

from flask import g, get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.harm.exporting import HEADS, cells
from blueprints.harm.views import harm
from blueprints.pdf_files import made_on, stem, to_save
from models.vocabulary import SECTORS, Tlp
from portal import harm as service
from portal import web
from portal.harm import regions
from portal.language import gettext, ngettext
from portal.norms import VERIFICATION_LABELS
from portal.pictures.spread import Item, SpreadDrawing, Step, spread_over
from portal.receipts import export_of_many
from portal.rules import EXPORT, HARM
from portal.spreadsheets import as_csv
from portal.template_filters import country


@harm.get("/spread/<ref>")
def spread(ref: str) -> ResponseReturnValue:
    """Show how the harm on a notice or process spread, as far as the person reads of it."""
    narrow = _narrow()
    found = service.spread(web.session(), web.actor(), ref, g.now, narrowed=narrow)
    return render_template(
        "harm/spread.html",
        all=found,
        drawing=_drawing(found, linked=True),
        narrow={name: key for name, key in narrow.__dict__.items() if key},
        narrowed=_in_words(narrow),
        about=_about,
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
    tlp = _strictest(found)
    page = render_template(
        "harm/spread.svg",
        drawing=_drawing(found, linked=False),
        title=gettext("How the harm on %(ref)s spread", ref=ref),
        tlp=tlp,
        who=web.actor().name,
        made_on=made_on(),
    )
    return to_save(page.encode(), "image/svg+xml", f"{stem(f'spread-{ref}', tlp)}.svg")


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
    return to_save(content, "text/csv", f"{stem(f'spread-{ref}', _strictest(found))}.csv")


def _taken(ref: str, made_as: str) -> service.Spread:
    """What is taken along, which the trail notes of each row."""
    session, actor = web.session(), web.actor()
    found = service.spread(session, actor, ref, g.now, narrowed=_narrow(), verb=EXPORT)
    taken = ((one.row.id, one.row.edition) for one in found.rows)
    export_of_many(session, actor, HARM, taken, g.now, made_as=made_as)
    web.let_go()
    return found


def _strictest(found: service.Spread) -> Tlp:
    markings = (Tlp(one.row.tlp) for one in found.rows)
    return max(markings, key=lambda tlp: tlp.rank, default=Tlp.CLEAR)


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


def _about(one: service.Placed) -> str:
    """Whom it happened to, where and in which sector; what is not known is said."""
    row = one.row
    where = country(row.country) if row.country else gettext("country not known")
    sector = gettext(SECTORS[row.sector]) if row.sector else gettext("sector not known")
    return f"{row.who} · {where} · {sector}"


def _drawing(found: service.Spread, *, linked: bool) -> SpreadDrawing:
    steps = [_step(found, group, linked=linked) for group in found.steps]
    return spread_over(steps)


def _step(found: service.Spread, group: service.Group, *, linked: bool) -> Step:
    many = len(group.rows)
    count = ngettext("%(num)s row", "%(num)s rows", many)
    href = url_for("harm.spread", ref=found.on.ref, step=group.key) if linked and many else ""
    return Step(
        gettext(service.STEPS[group.key]),
        str(count) if many else gettext("no row that you can read"),
        [_item(one, linked=linked) for one in group.rows],
        href,
    )


def _item(one: service.Placed, *, linked: bool) -> Item:
    """A row in the words that its table has too: the macros make both."""
    row, amount = one.row, one.amount
    return Item(
        (f"TLP:{row.tlp} {row.title}", _about(one)),
        _plain("span", row),
        _plain("amount", amount) + (f" ({gettext('a total')})" if row.holds_others else ""),
        one.begins,
        one.ends,
        one.said,
        (amount.lower, amount.best, amount.upper),
        one.most,
        url_for("harm.read", ref=row.ref) if linked else "",
    )


def _plain(macro: str, value: Any) -> str:
    return str(get_template_attribute("harm/words.html", macro)(value).striptags())
