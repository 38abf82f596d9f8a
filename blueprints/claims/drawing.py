"""Claims side by side as a picture of their days: on the page, and as a file."""

from typing import Any

from portal import claims as service
from portal.claims import QuotedRow, QuotedSort
from portal.claims.words import ABOUT, FORMS, STANCES
from portal.language import gettext, spoken
from portal.partial_days import days_of
from portal.pictures.said import Said, SaidDrawing, said_over


def drawn(beside: service.SideBySide) -> SaidDrawing:
    """Each claim on its day, with its replies, in the order of the page."""
    return said_over([_line(beside, row) for row in beside.claims])


def _line(beside: service.SideBySide, row: Any) -> Said:
    day = spoken().known_day(row.said_on)
    nobody = row.about_sort == "unknown"
    named = (
        gettext("nobody by name") if nobody else f"{row.named} ({gettext(ABOUT[row.about_sort])})"
    )
    replies = [
        gettext("Reply of %(who)s: %(text)s", who=reply.organisation, text=reply.text)
        for reply in beside.replies.get(row.id, ())
    ]
    answered = beside.refs.get(row.answers_id or 0)
    said = (gettext(STANCES[row.stance]), gettext(FORMS[row.form]), f"{gettext('Names:')} {named}")
    beside_it = (*said, f"{gettext('answers')} {answered}") if answered else said
    quoted = (quoted_words(one) for one in beside.quoted.get(row.id, ()))
    who = f"TLP:{row.tlp} {row.claimant} · {day} · {row.ref}"
    return Said(who, row.title, (" · ".join(beside_it), *replies, *quoted), days_of(row.said_on))


def quoted_words(row: QuotedRow) -> str:
    """What a file says of a reply or a withdrawal, as a sentence."""
    who = row.said_by or gettext("not stated")
    if row.sort == QuotedSort.WITHDRAWAL:
        return f"{gettext('Withdrawn by %(who)s, as quoted in the file', who=who)}: {row.text}"
    return f"{gettext('Reply of %(who)s, as quoted in the file', who=who)}: {row.text}"
