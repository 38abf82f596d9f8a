"""The field's own words: markings, kinds of incident, sectors; each value with its label.

TLP 2.0 is FIRST's (August 2022); PAP is the Permissible Actions Protocol of the MISP taxonomies;
the kinds follow the classes of ENISA's reference incident classification taxonomy, with four of the
portal's own; the sectors follow the annexes of Directive (EU) 2022/2555 (NIS2); the themes of norms
and commitments are the portal's own.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

# All that is marked, complete when all modules are imported: kept translated for each language.
MARKED: Final[dict[str, None]] = {}


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for translation and return it unchanged."""
    MARKED[message] = None
    return message


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0: how far a recipient may pass something on."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"

    @property
    def rank(self) -> int:
        """0 for CLEAR up to 4 for RED."""
        return list(Tlp).index(self)

    @classmethod
    def strictest(cls, markings: Iterable[str], least: "Tlp | None" = None) -> "Tlp":
        """The strictest of these; `least` (CLEAR) at the least."""
        return max([least or cls.CLEAR, *map(cls, markings)], key=lambda one: one.rank)


class Pap(StrEnum):
    """Permissible Actions Protocol: what a recipient may do with something."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"


class Certainty(StrEnum):
    """How sure a time is."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


TLP_MEANING: Final = {
    Tlp.CLEAR: N_("Everyone signed in can read it and may pass it on."),
    Tlp.GREEN: N_("Everyone signed in can read it; not for public channels."),
    Tlp.AMBER: N_("The organisations you name, and their clients."),
    Tlp.AMBER_STRICT: N_("The organisations you name, and nobody outside them."),
    Tlp.RED: N_("Only the people you name."),
}

PAP_MEANING: Final = {
    Pap.CLEAR: N_("No limit on use."),
    Pap.GREEN: N_("Active steps are allowed, such as blocking."),
    Pap.AMBER: N_("Only passive checks that the attacker cannot see."),
    Pap.RED: N_("Only on one's own systems, invisible to the attacker."),
}

ORGANISATION_KINDS: Final = {
    "company": N_("Company"),
    "mediation-body": N_("Mediation body"),
    "response-team": N_("Response team"),
    "international-organisation": N_("International organisation"),
    "civil-society": N_("Civil society"),
    "state-body": N_("State body"),
    "conflict-party": N_("Other party to the conflict"),
}
CERTAINTY_LABEL: Final = {
    Certainty.EXACT: N_("exact"),
    Certainty.ESTIMATED: N_("estimated"),
    Certainty.UNKNOWN: N_("not known"),
}

NOTICE_KINDS: Final = {
    "abusive-content": N_("Abusive content"),
    "malicious-code": N_("Malicious code"),
    "information-gathering": N_("Information gathering"),
    "intrusion-attempts": N_("Intrusion attempts"),
    "intrusions": N_("Intrusion"),
    "availability": N_("Availability"),
    "information-content-security": N_("Information content security"),
    "fraud": N_("Fraud"),
    "vulnerable": N_("Vulnerability"),
    "other": N_("Other"),
    "test": N_("Test"),
    "near-miss": N_("Near miss"),
    "threat": N_("Threat"),
    "influence-operation": N_("Influence operation"),
}

# How grave the effect of an incident is, after the impact scales of ENISA and the NIS Cooperation
# Group (no, minor, large, very large impact), with a step between minor and large. Nothing said is
# no word of the scale: an older notice says nothing, never "none".
SEVERITIES: Final = {
    "none": N_("None"),
    "low": N_("Low"),
    "moderate": N_("Moderate"),
    "high": N_("High"),
    "critical": N_("Critical"),
}
SEVERITY_MEANING: Final = {
    "none": N_("No effect on services or people."),
    "low": N_("Minor: few users, a short time, no lasting harm."),
    "moderate": N_("Noticeable: a service is degraded, or some organisations are affected."),
    "high": N_("Large: an essential service is down, or many organisations are affected."),
    "critical": N_("Very large: danger to life, or essential services of a region fail."),
}
COURSES: Final = {"ongoing": N_("Ongoing"), "over": N_("Ended")}
# The three reports of an incident (Directive (EU) 2022/2555, Article 23(4)), without its clocks.
STAGES: Final = {"early": N_("Early word"), "update": N_("Update"), "final": N_("Final report")}
NOT_STATED: Final = N_("Not stated")

SECTORS: Final = {
    "energy": N_("Energy"),
    "transport": N_("Transport"),
    "banking": N_("Banking"),
    "financial-markets": N_("Financial market infrastructure"),
    "health": N_("Health"),
    "drinking-water": N_("Drinking water"),
    "waste-water": N_("Waste water"),
    "digital-infrastructure": N_("Digital infrastructure and telecoms"),
    "ict-services": N_("ICT service management"),
    "public-administration": N_("Public administration"),
    "space": N_("Space"),
    "postal": N_("Postal and courier services"),
    "waste": N_("Waste management"),
    "chemicals": N_("Chemicals"),
    "food": N_("Food"),
    "manufacturing": N_("Manufacturing"),
    "digital-providers": N_("Digital providers"),
    "research": N_("Research"),
    "media": N_("Media"),
    "civil-society": N_("Civil society"),
}

THEMES: Final = {
    "restraint": N_("Restraint in operations"),
    "essential-services": N_("Essential, medical and humanitarian services"),
    "response-teams": N_("Response teams"),
    "notice-contacts": N_("Contact points, notice and help"),
    "transparency": N_("Transparency, facts and attribution"),
    "disclosure": N_("Vulnerabilities reported and fixed"),
    "supply-chain": N_("Supply chains and product security"),
    "social-media": N_("Conduct on social media"),
    "connectivity": N_("Open networks"),
    "talks-data": N_("Confidentiality of the talks"),
    "rights": N_("People and their rights online"),
    "verification": N_("Verification and monitoring"),
    "readiness": N_("Readiness"),
}
# Who can make a promise; to promise changes nobody's status.
PROMISORS: Final = {
    "state-party": N_("A State that is party to the conflict or to the talks"),
    "non-state-party": N_("A party that is not a State"),
    "company": N_("A company"),
    "mediator": N_("The mediator or the mediator's organisation"),
}
