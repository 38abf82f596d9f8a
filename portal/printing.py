"""Lays out one page as PDF, in a process of its own: `python -m portal.printing`, by `portal.pdf`.

Reads {"html", "title", "language"} as JSON from its input and writes the PDF to its output; of
{"svg", "width", "height"} it makes a PNG. It ends with `NO_LIBRARY` where Pango is missing, and
what WeasyPrint says of a page goes nowhere.
"""

import json
import re
import sys
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final
from unicodedata import bidirectional
from xml.etree.ElementTree import Element, SubElement  # nosec B405

from portal.pdf import NO_LIBRARY

try:
    with redirect_stdout(StringIO()):  # it prints a page of advice before it fails
        from pypdfium2 import PdfDocument
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
except OSError:  # what the loader of shared libraries raises
    sys.exit(NO_LIBRARY)

STATIC: Final = Path(__file__).resolve().parent.parent / "static"
FINE: Final = 2 * 96 / 72  # dots for each point: two for each pixel
LONGEST_WORD = 20  # letters, that a cell takes unbroken
# To break a word of a cell anywhere takes time by the square of its letters: so many of a table may
# be laid out like that, a second's work; in columns of a fixed width no word is tried so.
DEAREST_TABLE: Final = 200_000
# Nor is one of a text laid out as a whole for each of its lines: it gets places to be broken at.
# Not in scripts that have no blanks, where lines end anywhere as it is.
ENDLESS_WORD: Final = re.compile(
    "[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\uffef\U00020000-\U0010ffff]{2000,}"
)
PIECE: Final = 10  # letters
ZERO_WIDTH_SPACE: Final = "\u200b"
BLOCKS: Final = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "td", "th", "table", "dd", "dt")
)
SVG: Final = "{http://www.w3.org/2000/svg}"


class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches nothing: no page, no file, no picture, whatever a text asks for."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Refuse; WeasyPrint then goes on without."""
        raise ValueError(f"nothing is fetched for paper: {url:.80}")


def as_pdf(html: str, title: str, language: str) -> bytes:
    """A whole page (templates/pdf/base.html) as PDF."""
    page = HTML(string=html, url_fetcher=Nothing())
    page.etree_element.set("lang", language)
    _prepare(page.etree_element)
    sheet = CSS(string=(STATIC / "paper.css").read_text(), url_fetcher=Nothing())
    document = page.render(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    document.metadata.title = title
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def as_png(svg: str, width: str, height: str) -> bytes:
    """A picture (SVG of this size in pixels) as PNG, twice as fine, on white."""
    sheet = f"@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
    sheet += " svg { display: block }"
    page = HTML(
        string=f"<!doctype html><html lang=en><body>{svg}</body></html>", url_fetcher=Nothing()
    )
    _direct(page.etree_element)
    drawn = page.render(stylesheets=[CSS(string=sheet, url_fetcher=Nothing())]).write_pdf()
    paper, image = PdfDocument(drawn), BytesIO()
    paper[0].render(scale=FINE).to_pil().save(image, format="png", optimize=True)
    return image.getvalue()


def _direct(page: Element) -> None:
    # WeasyPrint reads no `auto`: what a browser finds out is said here, block by block.
    for part in page.iter():
        if part.tag == "bdi" or part.get("dir") == "auto":
            part.set("dir", direction_of("".join(part.itertext())) or "ltr")
    for part in page.iter():
        if part.get("dir") in ("ltr", "rtl") and part.tag != "html":
            for block in part.iter():
                own = direction_of("".join(block.itertext())) if block.tag in BLOCKS else ""
                if own and block is not part:
                    block.set("dir", own)


def direction_of(text: str) -> str:
    """The direction of a text by its first strong letter (UAX #9, P2 and P3); "" has none."""
    for letter in text:
        kind = bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""


def _prepare(page: Element) -> None:
    _direct(page)
    # WeasyPrint takes a picture's words from its title, and its colours from a style of its own.
    style = (STATIC / "paper-pictures.css").read_text()
    for part in list(page.iter()):
        if part.tag == f"{SVG}svg":
            if part.find(f"{SVG}title") is None:
                SubElement(part, f"{SVG}title").text = part.get("aria-label", "")
            SubElement(part, f"{SVG}style").text = style
        elif part.tag == "table":
            _fit(part)
        part.text, part.tail = _loosened(part.text), _loosened(part.tail)


def _fit(table: Element) -> None:
    # A cell with a long word may break it anywhere, as long as that is quickly laid out.
    longest = {
        cell: max(map(len, "".join(cell.itertext()).split()), default=0)
        for cell in table.iter()
        if cell.tag in ("td", "th")
    }
    long = {cell: length for cell, length in longest.items() if length > LONGEST_WORD}
    fixed = sum(length**2 for length in long.values()) > DEAREST_TABLE
    for part in (table,) if fixed else long:
        part.set("class", f"{part.get('class', '')} {'go-fixed' if fixed else 'go-long'}")


def _loosened(text: str | None) -> str | None:
    return text and ENDLESS_WORD.sub(_in_pieces, text)


def _in_pieces(word: re.Match[str]) -> str:
    letters = word.group()
    pieces = (letters[at : at + PIECE] for at in range(0, len(letters), PIECE))
    return ZERO_WIDTH_SPACE.join(pieces)


def made(asked: dict[str, Any]) -> bytes:
    """The PNG or PDF of what `portal.pdf` hands over."""
    return as_png(**asked) if "svg" in asked else as_pdf(**asked)


if __name__ == "__main__":
    sys.stdout.buffer.write(made(json.load(sys.stdin)))
