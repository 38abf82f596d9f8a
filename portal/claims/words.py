"""The words of claims: stances, forms, sorts of evidence, degrees of a State's part, questions.

The forms and the sorts of evidence follow EuRepoC 1.1 (attribution_type) and the six signals of
L. Zeltser, in our own words. The ten degrees are J. Healey's (Beyond Attribution, Atlantic Council,
2012, as the MISP taxonomy `state-responsibility` has them). They say what a claim says, and are no
finding in law and no measure of blame. The considerations are those of UN norm 13 (b) and its
guidance (A/76/135), from memory but for the last two, and so marked.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.norms.shapes import MEMORY, SECONDARY
from portal.words import N_


class Stance(StrEnum):
    """What a claim does: it says so itself, or it stands against another."""

    STATES = "states"
    DOUBTS = "doubts"
    DENIES = "denies"


STANCES: Final = {
    Stance.STATES: N_("Says who is behind it"),
    Stance.DOUBTS: N_("Doubts another claim"),
    Stance.DENIES: N_("Denies another claim"),
}
ABOUT: Final = {
    "state": N_("State"),
    "body": N_("Organisation or body"),
    "group": N_("Group, cluster or name of an actor"),
    "person": N_("Named individual"),
    "unknown": N_("Not known"),
}
FORMS: Final = {
    "technical-report": N_("Technical report"),
    "political-statement": N_("Political statement"),
    "legal-act": N_("Legal act"),
    "sanction": N_("Sanction"),
    "media": N_("In the media"),
    "own-statement": N_("Own statement"),
}
EVIDENCE: Final = {
    "victim": N_("Who was hit"),
    "targeting": N_("What was aimed at, and why"),
    "tradecraft": N_("Way of working"),
    "tooling": N_("Tools and code"),
    "identity": N_("Traces of people"),
    "infrastructure": N_("Servers, domains, networks"),
}
RESPONSIBILITY: Final = {
    "state-prohibited": N_("Prohibited: the State would help to end it."),
    "state-prohibited-but-inadequate": N_("Prohibited: willing to end it, and not able."),
    "state-ignored": N_("Ignored: it knows of it and does nothing."),
    "state-encouraged": N_("Encouraged: others lead, the State encourages them."),
    "state-shaped": N_("Shaped: others lead, the State gives some support."),
    "state-coordinated": N_("Coordinated: the State coordinates out of sight."),
    "state-ordered": N_("Ordered: the State directs others to act for it."),
    "state-rogue-conducted": N_("Rogue: its own forces act without the knowledge of its leaders."),
    "state-executed": N_("Executed: it acts with its own forces, as policy."),
    "state-integrated": N_("Integrated: its own forces and others act under one command."),
}


@dataclass(frozen=True)
class Consideration:
    """A question of UN norm b, and how far its wording is verified."""

    question: str
    verification: str


CONSIDERATIONS: Final = {
    "technical": Consideration(N_("What are the technical features of the incident?"), MEMORY),
    "scale": Consideration(N_("How wide is it, and what did it do?"), MEMORY),
    "context": Consideration(N_("Which wider events bear on it, and on peace?"), MEMORY),
    "consultations": Consideration(
        N_("What did consultations between the States concerned bring out?"), MEMORY
    ),
    "substantiated": Consideration(N_("On what is the accusation founded?"), SECONDARY),
    "escalation": Consideration(N_("What could a public statement set off?"), SECONDARY),
}
