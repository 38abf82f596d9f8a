"""Claims to be taken along as CSV: replies stand beside the claim there as well."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flask import g
from flask.typing import ResponseReturnValue

from blueprints.claims.drawing import drawn, quoted_words
from blueprints.claims.views import claims
from blueprints.pdf_files import PRINTS, refuse_unprintable, said_file, stem, to_save
from blueprints.picture_files import Picture, handed_out
from models.vocabulary import Tlp
from portal import claims as service
from portal import exchange, web
from portal.claims import QuotedRow
from portal.claims.words import ABOUT, FORMS, STANCES
from portal.language import gettext, lazy_gettext
from portal.norms import VERIFICATION_LABELS
from portal.receipts import export_of_many
from portal.rules import CLAIMS, EXPORT
from portal.spreadsheets import Cell, as_csv

REPLY: Final = lazy_gettext("Reply of the organisation that is named")
HEADS: Final = (
    lazy_gettext("Reference"),
    lazy_gettext("Marking"),
    lazy_gettext("Day"),
    lazy_gettext("Claimant"),
    lazy_gettext("Stance"),
    lazy_gettext("Answers"),
    lazy_gettext("Names"),
    lazy_gettext("What is named"),
    lazy_gettext("Form"),
    lazy_gettext("What is claimed"),
    lazy_gettext("Confidence"),
    lazy_gettext("Source"),
    lazy_gettext("How far verified"),
    lazy_gettext("Own ticket number"),
    REPLY,
    lazy_gettext("As quoted in the file"),
)


@claims.get("/<ref>/export")
@web.records
def export(ref: str) -> ResponseReturnValue:
    """Hand out one claim as CSV, with what was replied to it."""
    reading = service.read(web.session(), web.actor(), ref, g.now, verb=EXPORT)
    web.let_go()
    claim, related = reading.claim, reading.related
    answers = related.answered[0].ref if related.answered else ""
    cells = _cells(claim, reading.claimant, reading.named, answers, web.own_ticket())
    content = as_csv(
        [str(head) for head in HEADS], _with_replies(cells, related.replies, related.quoted)
    )
    return to_save(content, "text/csv", f"{stem(ref, Tlp(claim.tlp))}.csv")


@claims.get("/<ref>/export/stix")
@web.records
def export_stix(ref: str) -> ResponseReturnValue:
    """Hand out one claim as STIX 2.1, with the claim that it answers and its replies."""
    return said_file(exchange.claim_out, ref, "stix")


@claims.get("/<ref>/export/misp")
@web.records
def export_misp(ref: str) -> ResponseReturnValue:
    """Hand out the same as a MISP event; what is TLP:RED has none."""
    return said_file(exchange.claim_out, ref, "misp")


@claims.get("/side-by-side/<ref>/csv")
@web.records
def side_by_side_csv(ref: str) -> ResponseReturnValue:
    """Hand out the claims on a notice or a process as CSV, by day."""
    beside, strictest = _taken(ref, "csv")
    content = as_csv([str(head) for head in HEADS], _lines(beside))
    return to_save(content, "text/csv", f"{stem(f'claims-{ref}', strictest)}.csv")


@claims.get("/side-by-side/<ref>/svg")
@web.records
def side_by_side_svg(ref: str) -> ResponseReturnValue:
    """Hand out the claims on a notice or a process as a picture of their days (SVG)."""
    return _as_picture(ref, "svg")


@claims.get("/side-by-side/<ref>/png")
@web.records
@web.limiter.limit(PRINTS)
def side_by_side_png(ref: str) -> ResponseReturnValue:
    """Hand out the same picture as PNG."""
    refuse_unprintable()
    return _as_picture(ref, "png")


def _as_picture(ref: str, made_as: str) -> ResponseReturnValue:
    beside, strictest = _taken(ref, made_as)
    heads = [str(head) for head in HEADS]
    title = gettext("Claims on %(ref)s by day: not counted, no verdict", ref=ref)
    picture = Picture("said", drawn(beside), title, heads, _lines(beside))
    return handed_out(picture, made_as, f"claims-{ref}", strictest)


def _taken(ref: str, made_as: str) -> tuple[service.SideBySide, Tlp]:
    """What is taken along, which the trail notes of each claim, and its strictest marking."""
    session, actor = web.session(), web.actor()
    beside = service.side_by_side(session, actor, ref, g.now, verb=EXPORT)
    taken = ((row.id, row.edition) for row in beside.claims)
    export_of_many(session, actor, CLAIMS, taken, g.now, made_as=made_as)
    web.let_go()
    return beside, Tlp.strictest(row.tlp for row in beside.claims)


def _lines(beside: service.SideBySide) -> Iterator[list[Cell]]:
    for row in beside.claims:
        answers = beside.refs.get(row.answers_id or 0, "")
        cells = _cells(row, row.claimant, row.named, answers, row.ticket)
        replies, quoted = beside.replies.get(row.id, ()), beside.quoted.get(row.id, ())
        yield from _with_replies(cells, replies, quoted)


def _cells(claim: Any, claimant: str, named: str, answers: str, ticket: str) -> list[Cell]:
    confidence = service.confidence_of(claim.scale, claim.confidence)
    source = (claim.source_title, claim.source_publisher, claim.source_on, claim.source_url)
    return [
        claim.ref,
        f"TLP:{claim.tlp}",
        claim.said_on,
        claimant,
        gettext(STANCES[claim.stance]),
        answers,
        named,
        gettext(ABOUT[claim.about_sort]),
        gettext(FORMS[claim.form]),
        claim.title,
        f"{gettext(confidence.scale)}: {gettext(confidence.word)}" if confidence else "",
        ", ".join(part for part in source if part),
        gettext(VERIFICATION_LABELS[claim.verified]),
        ticket,
    ]


def _with_replies(
    cells: list[Cell], replies: Sequence[Any], quoted: Sequence[QuotedRow]
) -> Iterator[list[Cell]]:
    # A line for each reply; a claim without one has its line all the same.
    lines = [(f"{row.organisation}: {row.text}", "") for row in replies]
    lines += [("", quoted_words(row)) for row in quoted]
    for given, as_quoted in lines or [("", "")]:
        yield [*cells, given, as_quoted]
