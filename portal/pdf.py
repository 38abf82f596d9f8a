"""A page as PDF: tagged (PDF/UA-1), with its marking on each sheet, and out of itself alone.

WeasyPrint lays out; it needs Pango, a library of the system. Where that is missing the portal works
all the same, and whoever asks for a PDF is told what to install.
"""

import logging
import shutil
import subprocess  # nosec B404
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Final
from unicodedata import bidirectional
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
BLOCKS: Final = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "td", "th", "table", "dd", "dt")
)
SCRIPTS: Final = ("ar", "he", "ja", "ko", "ru", "zh-cn")
SVG: Final = "{http://www.w3.org/2000/svg}"


class Unprintable(PortalError):
    """A library that PDF needs is missing on this machine."""


class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches nothing: no page, no file, no picture, whatever a text asks for."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Refuse; WeasyPrint then goes on without."""
        raise ValueError(f"nothing is fetched for paper: {url:.80}")


def without_font() -> tuple[str, ...]:
    """Languages for whose script this machine has no font: their letters print as boxes.

    Empty where fontconfig's list cannot be asked.
    """
    asked = shutil.which("fc-list")
    if asked is None:
        return ()
    return tuple(language for language in SCRIPTS if not _fonts(asked, language))


def _fonts(asked: str, language: str) -> bool:
    command = [asked, f":lang={language}", "family"]
    done = subprocess.run(command, capture_output=True, timeout=20, check=False)  # noqa: S603  # nosec B603
    return bool(done.stdout.strip())


def available() -> bool:
    """Whether this machine can make PDF."""
    return HTML is not None


def as_pdf(html: str, *, title: str, language: str) -> bytes:
    """A whole page (templates/pdf/base.html) as PDF; raises Unprintable where it cannot be made.

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
        elif part.tag in ("td", "th"):
            longest = max(map(len, "".join(part.itertext()).split()), default=0)
            if longest > LONGEST_WORD:
                part.set("class", f"{part.get('class', '')} go-long")
