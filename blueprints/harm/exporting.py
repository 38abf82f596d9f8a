"""Harm to be taken along as CSV: what is not known is written as words, and never as 0."""

from typing import Any, Final

from flask import g
from flask.typing import ResponseReturnValue

from blueprints.harm.views import harm
from blueprints.pdf_files import said_file, stem, to_save
from models.vocabulary import SECTORS, Tlp
from portal import exchange, web
from portal import harm as service
from portal.harm.words import CATEGORIES, FLAGS, INTENDED, REACHED_AS
from portal.language import gettext, lazy_gettext
from portal.norms import VERIFICATION_LABELS
from portal.receipts import export_of_many
from portal.rules import EXPORT, HARM
from portal.spreadsheets import Cell, as_csv

HEADS: Final = (
    lazy_gettext("Reference"),
    lazy_gettext("Marking"),
    lazy_gettext("Harm"),
    lazy_gettext("Category"),
    lazy_gettext("Whom it happened to"),
    lazy_gettext("Country"),
    lazy_gettext("Sector"),
    lazy_gettext("Service"),
    lazy_gettext("First target or spread"),
    lazy_gettext("Meant or not"),
    lazy_gettext("Who says whether it was meant"),
    lazy_gettext("From"),
    lazy_gettext("Until"),
    lazy_gettext("At the least"),
    lazy_gettext("Best estimate"),
    lazy_gettext("At the most"),
    lazy_gettext("Unit"),
    lazy_gettext("Currency"),
    lazy_gettext("Year of the prices"),
    lazy_gettext("A total"),
    lazy_gettext("It touched"),
    lazy_gettext("Who said it"),
    lazy_gettext("When it was said"),
    lazy_gettext("Source"),
    lazy_gettext("How far verified"),
    lazy_gettext("Own ticket number"),
)


@harm.get("/<ref>/export")
@web.records
def export(ref: str) -> ResponseReturnValue:
    """Hand out one row as CSV."""
    reading = service.read(web.session(), web.actor(), ref, g.now, verb=EXPORT)
    web.let_go()
    said_by = reading.harm.said_by or reading.organisation
    row = cells(reading.harm, reading.who, said_by, web.own_ticket())
    content = as_csv([str(head) for head in HEADS], [row])
    return to_save(content, "text/csv", f"{stem(ref, Tlp(reading.harm.tlp))}.csv")


@harm.get("/<ref>/export/stix")
@web.records
def export_stix(ref: str) -> ResponseReturnValue:
    """Hand out one row as STIX 2.1."""
    return said_file(exchange.harm_out, ref, "stix")


@harm.get("/<ref>/export/misp")
@web.records
def export_misp(ref: str) -> ResponseReturnValue:
    """Hand out one row as a MISP event; what is TLP:RED has none."""
    return said_file(exchange.harm_out, ref, "misp")


@harm.get("/together/<ref>/csv")
@web.records
def together_csv(ref: str) -> ResponseReturnValue:
    """Hand out all harm on a notice or process as CSV."""
    session, actor = web.session(), web.actor()
    every = service.together(session, actor, ref, g.now, verb=EXPORT)
    taken = ((row.id, row.edition) for row in every.rows)
    export_of_many(session, actor, HARM, taken, g.now, made_as="csv")
    web.let_go()
    rows = [cells(row, row.who, row.said_by, row.ticket) for row in every.rows]
    strictest = Tlp.strictest(row.tlp for row in every.rows)
    content = as_csv([str(head) for head in HEADS], rows)
    return to_save(content, "text/csv", f"{stem(f'harm-{ref}', strictest)}.csv")


def cells(row: Any, who: str, said_by: str, ticket: str) -> list[Cell]:
    """A row as the cells below HEADS; what is not known is written in words."""
    amount = service.amount_of(row)
    parts = [service.written(part) for part in (amount.lower, amount.best, amount.upper)]
    source = [one for one in (row.source_title, row.source_url) if one]
    return [
        row.ref,
        f"TLP:{row.tlp}",
        row.title,
        gettext(CATEGORIES[row.category]),
        who,
        row.country,
        _word(SECTORS, row.sector),
        row.service,
        _word(REACHED_AS, row.reached_as),
        _word(INTENDED, row.intended),
        row.intended_by,
        row.from_on,
        row.until_on,
        *parts,
        amount.unit,
        amount.currency,
        amount.year,
        gettext("yes") if row.holds_others else gettext("no"),
        ", ".join(gettext(FLAGS[flag]) for flag in row.flags),
        said_by,
        row.said_on,
        ", ".join(source),
        gettext(VERIFICATION_LABELS[row.verified]),
        ticket,
    ]


def _word(words: dict[str, str], key: str) -> str:
    return gettext(words[key]) if key else ""
