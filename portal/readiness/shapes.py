"""What a question of the self-check is: why it matters in a mediation, and a first step.

The order of effect is the portal's own judgement, and so are the first steps. Sources say what a
question was informed by; how far that was verified stands beside it (`verification`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.readiness import Scope
from portal.words import N_

HIGH_RISK: Final = "UK NCSC, guidance for high-risk individuals on accounts and devices"
CIVIL: Final = "CISA and partners, guidance for civil society, 14 May 2024"
NAO: Final = "UK National Audit Office, HC 414, 27 October 2017, and press on it"
PLATFORM: Final = "CyberPeace Institute, page on the e-learning platform for mediators"
OWN: Final = "own reading"


@dataclass(frozen=True)
class Question:
    """One question: `effect` is its place in the order of advice, 1 has most effect."""

    key: str
    scope: Scope
    effect: int
    title: str
    asks: str
    why: str
    this_week: str
    source: str
    verification: str


class Answer(StrEnum):
    """What can be answered; "unknown" is an answer of its own and never a "no"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


ANSWERS: Final = {
    Answer.YES: N_("Yes"),
    Answer.PARTLY: N_("Partly"),
    Answer.NO: N_("No"),
    Answer.UNKNOWN: N_("I do not know"),
    Answer.NOT_APPLICABLE: N_("Does not apply"),
}
SCOPES: Final = {
    Scope.PERSON: N_("Myself"),
    Scope.DELEGATION: N_("My delegation"),
    Scope.TEAM: N_("My team"),
}
ABOUT: Final = {
    Scope.PERSON: N_("Your own accounts, devices and what is public about you."),
    Scope.DELEGATION: N_("A delegation before a dialogue: channels, papers, roles."),
    Scope.TEAM: N_("A team that organises talks: access, copies, suppliers, venue."),
}
Answers = Mapping[str, Answer]
