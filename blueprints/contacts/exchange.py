"""Contact points as files: vCard and CSV of what one may see."""

from collections.abc import Iterable
from typing import Any, Final

from flask import Response, current_app, g, request

from blueprints.contacts.filters import LIST
from blueprints.contacts.views import contacts, narrowed_by
from blueprints.lists import Asked
from blueprints.pdf_files import stem, to_save
from models.vocabulary import Tlp
from portal import contacts as service
from portal import web
from portal.spreadsheets import as_csv

VCARD, CSV = "text/vcard", "text/csv"
ENDINGS: Final = {VCARD: "vcf", CSV: "csv"}


@contacts.get("/<ref>/export")
@web.records
def export(ref: str) -> Response:
    """Give out one contact point as a vCard."""
    rows = service.export(web.session(), web.actor(), ref, g.now)
    return _file(service.as_vcards(rows, _base()), VCARD, ref, rows)


@contacts.get("/export")
@web.records
def export_many() -> Response:
    """Give out the contact points of a list as vCards or as a table."""
    narrowed = narrowed_by(Asked(LIST, request.args, {}, request.path))
    as_table = request.args.get("format") == "csv"
    made_as = "csv" if as_table else "vcard"
    rows = service.export_many(
        web.session(), web.actor(), g.now, narrowed=narrowed, made_as=made_as
    )
    web.let_go()
    if as_table:
        return _file(as_csv(service.HEADS, service.as_table(rows)), CSV, "contacts", rows)
    return _file(service.as_vcards(rows, _base()), VCARD, "contacts", rows)


def _base() -> str:
    base: str = current_app.config["SETTINGS"].base_url
    return base


def _file(data: bytes, media: str, name: str, rows: Iterable[Any]) -> Response:
    marking = Tlp.strictest(row.tlp for row in rows)
    return to_save(data, media, f"{stem(name, marking)}.{ENDINGS[media]}")
