"""The days of claims in the calendar: by when a reply is asked for."""

from typing import Final

from models.claims import Claim, ClaimState
from portal.claims.listing import could_know
from portal.dated import Could, Dated, Dates, could_fall
from portal.db import in_state
from portal.parameters import ME
from portal.rules import CLAIMS, READ_TEXT
from portal.words import N_


def _replies() -> Could:
    due = could_fall(Claim.id, Claim.reply_by_at, day_zone=Claim.reply_by_zone)
    return due.where(in_state(Claim, ClaimState.ASKED), Claim.id.in_(could_know(ME)))


DATES: Final = Dates(
    policy=CLAIMS,
    title=Claim.title,
    title_verb=READ_TEXT,
    each=(Dated("reply", N_("reply by"), READ_TEXT, _replies()),),
)
