"""What is handed out as PDF, whatever noun it is of: its name, and how it leaves the house."""

from flask import Response, g
from flask_babel import gettext

from portal import looks, paper, web
from portal.days import day_of

PRINTS = "120/hour"


def refuse_unprintable() -> None:
    """Raise Unprintable, before anything is noted, where this machine cannot make PDF."""
    if not paper.available():
        raise paper.Unprintable


def made_on() -> str:
    """When a paper was made, in words."""
    return str(gettext("Made on %(at)s", at=looks.moment(g.now).striptags()))


def pdf(page: str, name: str, tlp: str) -> Response:
    """A page as a PDF to be saved; its title and file name tell its marking, and no content."""
    content = paper.as_pdf(page, title=f"{name}, TLP:{tlp}", language=looks.language() or "en")
    answer = Response(content, mimetype="application/pdf")
    marked = tlp.replace("+", "-")
    today = day_of(g.now, web.actor().zone).isoformat()
    saved = f"{name}-TLP-{marked}-{today}.pdf"
    answer.headers.set("Content-Disposition", "attachment", filename=saved)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
