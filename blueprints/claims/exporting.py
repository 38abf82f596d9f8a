"""Claims to be taken along as CSV: replies stand beside the claim there as well."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flask import g
from flask.typing import ResponseReturnValue

from blueprints.claims.views import claims
from blueprints.pdf_files import misp_file, stem, stix_file, to_save
from models.vocabulary import Tlp
from portal import claims as service
from portal import exchange, web
from portal.claims import QuotedRow, QuotedSort
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
    cells = _cells(claim, reading.claimant, reading.named, answers)
    content = as_csv(
        [str(head) for head in HEADS], _with_replies(cells, related.replies, related.quoted)
    )
    return to_save(content, "text/csv", f"{stem(ref, Tlp(claim.tlp))}.csv")


@claims.get("/<ref>/export/stix")
@web.records
def export_stix(ref: str) -> ResponseReturnValue:
    """Hand out one claim as STIX 2.1, with the claim that it answers and its replies."""
    said = exchange.claim_out(web.session(), web.actor(), ref, g.now, "stix")
    web.let_go()
    return stix_file(exchange.stix_of_said(said), stem(ref, said.strictest))


@claims.get("/<ref>/export/misp")
@web.records
def export_misp(ref: str) -> ResponseReturnValue:
    """Hand out the same as a MISP event; what is TLP:RED has none."""
    said = exchange.claim_out(web.session(), web.actor(), ref, g.now, "misp")
    web.let_go()
    return misp_file(exchange.misp_of_said(said), stem(ref, said.strictest))


@claims.get("/side-by-side/<ref>/csv")
@web.records
def side_by_side_csv(ref: str) -> ResponseReturnValue:
    """Hand out the claims on a notice or a process as CSV, by day."""
    session, actor = web.session(), web.actor()
    beside = service.side_by_side(session, actor, ref, g.now, verb=EXPORT)
    taken = ((row.id, row.edition) for row in beside.claims)
    export_of_many(session, actor, CLAIMS, taken, g.now, made_as="csv")
    web.let_go()
    rows: list[list[Cell]] = []
    for row in beside.claims:
        cells = _cells(row, row.claimant, row.named, beside.refs.get(row.answers_id or 0, ""))
        replies, quoted = beside.replies.get(row.id, ()), beside.quoted.get(row.id, ())
        rows += _with_replies(cells, replies, quoted)
    strictest = max(
        (Tlp(row.tlp) for row in beside.claims), key=lambda tlp: tlp.rank, default=Tlp.CLEAR
    )
    content = as_csv([str(head) for head in HEADS], rows)
    return to_save(content, "text/csv", f"{stem(f'claims-{ref}', strictest)}.csv")


def _cells(claim: Any, claimant: str, named: str, answers: str) -> list[Cell]:
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
    ]


def _with_replies(
    cells: list[Cell], replies: Sequence[Any], quoted: Sequence[QuotedRow]
) -> Iterator[list[Cell]]:
    # A line for each reply; a claim without one has its line all the same.
    lines = [(f"{row.organisation}: {row.text}", "") for row in replies]
    lines += [("", _quoted(row)) for row in quoted]
    for given, as_quoted in lines or [("", "")]:
        yield [*cells, given, as_quoted]


def _quoted(row: QuotedRow) -> str:
    who = row.said_by or gettext("not stated")
    if row.sort == QuotedSort.WITHDRAWAL:
        return f"{gettext('Withdrawn by %(who)s, as quoted in the file', who=who)}: {row.text}"
    return f"{gettext('Reply of %(who)s, as quoted in the file', who=who)}: {row.text}"
