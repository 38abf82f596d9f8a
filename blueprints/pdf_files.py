"""What is handed out as a file, whatever noun it is of: its name, and how it leaves the system."""

from collections.abc import Callable

from flask import Response, g

from portal import exchange, language, pdf, template_filters, web
from portal.days import day_of
from portal.language import gettext

PRINTS = "120/hour"


def refuse_unprintable() -> None:
    """Raise Unprintable, before anything is noted, where this machine cannot make PDF."""
    if not pdf.available():
        raise pdf.Unprintable


def made_on() -> str:
    """When a paper was made, in words."""
    return str(gettext("Created on %(at)s", at=template_filters.moment(g.now).striptags()))


def stem(name: str, tlp: str) -> str:
    """What a file is called before its ending: a name without content, its marking, the day."""
    today = day_of(g.now, web.actor().zone).isoformat()
    return f"{name}-TLP-{tlp.replace('+', '-')}-{today}"


def as_pdf(page: str, name: str, tlp: str, *, title: str = "", cut: str = "") -> Response:
    """A page as a PDF to be saved; its title and file name tell its marking, and no content."""
    content = pdf.as_pdf(
        page, title=f"{title or name}, TLP:{tlp}", language=language.chosen() or "en"
    )
    return to_save(content, "application/pdf", f"{stem(name, tlp)}{cut}.pdf")


def as_png(picture: str, size: tuple[int, int], name: str, tlp: str) -> Response:
    """A picture (SVG of this size, with its marking in it) as PNG to be saved."""
    content = pdf.as_png(picture, width=size[0], height=size[1])
    return to_save(content, "image/png", f"{stem(name, tlp)}.png")


def stix_file(content: bytes, name: str) -> Response:
    """A STIX 2.1 bundle to be saved."""
    answer = to_save(content, "application/stix+json", f"{name}.stix.json")
    answer.mimetype_params["version"] = "2.1"
    return answer


def said_file(out: Callable[..., exchange.Said], ref: str, made_as: str) -> Response:
    """A claim or a row of harm, with what goes along, as STIX 2.1 (`stix`) or MISP (`misp`)."""
    said = out(web.session(), web.actor(), ref, g.now, made_as)
    web.let_go()
    name = stem(ref, said.strictest)
    if made_as == "misp":
        return misp_file(exchange.misp_of_said(said), name)
    return stix_file(exchange.stix_of_said(said), name)


def misp_file(content: bytes, name: str) -> Response:
    """A MISP event to be saved."""
    return to_save(content, "application/json", f"{name}.misp.json")


def to_save(content: bytes, media_type: str, file_name: str) -> Response:
    """Content to be saved, never shown."""
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file_name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
