"""A page as PDF: tagged (PDF/UA-1), with its marking on each sheet, and out of itself alone.

WeasyPrint lays out; it needs Pango, a library of the system. Where that is missing the portal works
all the same, and whoever asks for a PDF is told what to install.
"""

import logging
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement  # nosec B405

from portal.errors import PortalError

try:
    with redirect_stdout(StringIO()):  # it prints a page of advice before it fails
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
except OSError:  # what the loader of shared libraries raises
    CSS = HTML = None
    URLFetcher = object

# What they say may quote the page, and no log line holds a person's text.
for library in ("weasyprint", "fontTools"):
    logging.getLogger(library).setLevel(logging.CRITICAL)

STATIC: Final = Path(__file__).resolve().parent.parent / "static"
LONGEST_WORD = 20  # letters, that a cell takes unbroken
SVG: Final = "{http://www.w3.org/2000/svg}"


class Unprintable(PortalError):
    """A library that PDF needs is missing on this machine."""


class Nothing(URLFetcher):  # type: ignore[misc]
    """Fetches nothing: no page, no file, no picture, whatever a text asks for."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Refuse; WeasyPrint then goes on without."""
        raise ValueError(f"nothing is fetched for paper: {url:.80}")


def available() -> bool:
    """Whether this machine can make PDF."""
    return HTML is not None


def as_pdf(html: str, *, title: str, language: str) -> bytes:
    """A whole page (templates/paper/base.html) as PDF; raises Unprintable where it cannot be made.

    Title and language (BCP 47) are told to readers' programs, as PDF/UA-1 (ISO 14289-1) asks.
    Pictures are inline SVG, named by their aria-label and coloured by static/paper-pictures.css.
    """
    if not available():
        raise Unprintable
    page = HTML(string=html, url_fetcher=Nothing())
    page.etree_element.set("lang", language)
    _prepare(page.etree_element)
    sheet = CSS(string=(STATIC / "paper.css").read_text(), url_fetcher=Nothing())
    document = page.render(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    document.metadata.title = title
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _prepare(page: Element) -> None:
    # WeasyPrint takes a picture's words from its title, and its colours from a style of its own.
    style = (STATIC / "paper-pictures.css").read_text()
    for part in list(page.iter()):
        if part.tag == f"{SVG}svg":
            if part.find(f"{SVG}title") is None:
                SubElement(part, f"{SVG}title").text = part.get("aria-label", "")
            SubElement(part, f"{SVG}style").text = style
        elif part.tag in ("td", "th"):
            longest = max(map(len, "".join(part.itertext()).split()), default=0)
            if longest > LONGEST_WORD:
                part.set("class", f"{part.get('class', '')} go-long")
