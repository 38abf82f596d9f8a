"""A picture of a page as a file: SVG, PNG, and its numbers as CSV.

It is asked for by the address of its page, so that the policy of the page is that of the file, and
the trail notes what it notes of the page. A picture counts what its reader may see: it is marked
TLP:AMBER+STRICT at the least.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from flask import render_template, request
from flask.typing import ResponseReturnValue

from blueprints.pdf_files import PRINTS, as_png, made_on, refuse_unprintable, stem, to_save
from models.vocabulary import Tlp
from portal import web
from portal.parsing import for_xml
from portal.spreadsheets import as_csv

LEAST: Final = Tlp.AMBER_STRICT
HEAD, KEY, MARGIN = 60, 24, 12  # pixels: above the drawing, of a line of the key, around it
NARROWEST: Final = 640
STEPS: Final = ("0", "1", "2–3", "4–9", "10+")  # of the cells of a grid


@dataclass(frozen=True)
class Picture:
    """What is drawn, what it is called, and the same as a table."""

    shape: Literal["stacked", "grid", "gauges", "said"]
    drawing: Any
    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]

    @property
    def keys(self) -> int:
        """How many lines explain its colours."""
        return {"stacked": len(getattr(self.drawing, "keys", ())), "grid": 1}.get(self.shape, 0)


limited = web.limiter.limit(PRINTS, exempt_when=lambda: request.args.get("as") != "png")


def taken(
    pictures: Mapping[str, Picture], name: str, tlp: Tlp = LEAST
) -> ResponseReturnValue | None:
    """The file that the address asks for; None where it asks for the page."""
    picture = pictures.get(request.args.get("picture", ""))
    made_as = request.args.get("as", "")
    if picture is None or picture.drawing is None or made_as not in ("svg", "png", "csv"):
        return None
    if made_as == "png":
        refuse_unprintable()
    called, marked = f"{name}-{request.args['picture']}", Tlp.strictest([tlp], LEAST)
    return handed_out(picture, made_as, called, marked)


def handed_out(picture: Picture, made_as: str, called: str, marked: Tlp) -> ResponseReturnValue:
    """A picture as a file of this name and marking; the caller has asked the policy."""
    web.let_go()  # nothing is printed while somebody waits for the database
    if made_as == "csv":
        content = as_csv([str(head) for head in picture.heads], map(list, picture.rows))
        return to_save(content, "text/csv", f"{stem(called, marked)}.csv")
    page, size = _drawn(picture, marked)
    if made_as == "png":
        return as_png(page, size, called, marked)
    return to_save(page.encode(), "image/svg+xml", f"{stem(called, marked)}.svg")


def _drawn(picture: Picture, tlp: Tlp) -> tuple[str, tuple[int, int]]:
    width = round(max(picture.drawing.width, NARROWEST))
    height = round(picture.drawing.height) + HEAD + picture.keys * KEY + MARGIN
    page = render_template(
        "picture.svg",
        picture=picture,
        drawing=picture.drawing,
        width=width,
        height=height,
        head=HEAD,
        key=KEY,
        steps=STEPS,
        tlp=tlp,
        who=web.actor().name,
        made_on=made_on(),
    )
    return for_xml(page), (width, height)
