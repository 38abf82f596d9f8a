"""What a delegation is asked before a dialogue."""

from typing import Final

from models.readiness import Scope
from portal.readiness.shapes import CIVIL, NAO, OWN, PLATFORM, Question
from portal.words import N_

DELEGATIONS: Final = (
    Question(
        "incident-reporting",
        Scope.DELEGATION,
        3,
        N_("Whom to call tonight"),
        N_(
            "Does each of you have, on paper too, whom to call at night inside and outside the "
            "delegation, and what "
            "may be said to them?"
        ),
        N_(
            "The first hour decides how far an incident goes. Numbers in a locked device help "
            "nobody."
        ),
        N_("Print a card with three numbers, and hand it to everybody in the delegation."),
        f"{OWN}; UN CBM 1 and OSCE CBM 8 as the idea",
        "project",
    ),
    Question(
        "secure-comms",
        Scope.DELEGATION,
        6,
        N_("Secure channel and fallback"),
        N_(
            "Have you agreed which end-to-end encrypted channel carries what, which one deletes "
            "automatically, and "
            "which one you use when it fails?"
        ),
        N_(
            "When e-mail failed in 2017, staff turned to private phones. What is not agreed "
            "before is improvised in the "
            "worst hour."
        ),
        N_(
            "Name the channel and the fallback in one message to everybody, and test the fallback"
            " once."
        ),
        (
            f"{NAO}; CISA, Mobile Communications Best Practice Guidance, December 2024 (text from "
            f"memory)"
        ),
        "secondary",
    ),
    Question(
        "impersonation",
        Scope.DELEGATION,
        7,
        N_("Impersonation"),
        N_(
            "Have you agreed on a word or a call-back that confirms that a voice, a video or a "
            "message is from one of "
            "you?"
        ),
        N_(
            "A false instruction in the name of a head of delegation costs one call, and may cost"
            " the talks."
        ),
        N_("Agree in person on a code word, and use it once in a call."),
        f"from memory; {CIVIL}, on social engineering",
        "memory",
    ),
    Question(
        "data-handling",
        Scope.DELEGATION,
        12,
        N_("Papers of the talks"),
        N_(
            "Do your papers carry a marking, is it clear where they may be stored, and who "
            "deletes what by when?"
        ),
        N_("What is not kept cannot leak."),
        N_("Mark the next paper with its TLP level and a date of deletion."),
        f"FIRST TLP 2.0; data minimisation: {OWN}",
        "project",
    ),
    Question(
        "rehearsal",
        Scope.DELEGATION,
        13,
        N_("Rehearsal"),
        N_(
            "Have you rehearsed a bad day once, with roles: who decides, who calls, who speaks, "
            "who stays in the talks?"
        ),
        N_("The response to WannaCry had a plan that had not been rehearsed locally."),
        N_(
            "Take 40 minutes for a tabletop: the head of delegation's phone is gone on the day of"
            " signing."
        ),
        f"{NAO}; CISA guide on incident planning",
        "secondary",
    ),
    Question(
        "ai-and-cloud",
        Scope.DELEGATION,
        16,
        N_("Assistants that listen or learn"),
        N_(
            "Do you know which assistants, translators, transcription and meeting tools may see "
            "or keep what you say "
            "and write, and are the others off?"
        ),
        N_("A tool that sends words elsewhere is one more participant."),
        N_("List the tools in use in the next meeting, and switch off what is not on the list."),
        f"{OWN}; UN DPPA and HD, Digital Technologies and Mediation in Armed Conflict, March 2019",
        "project",
    ),
    Question(
        "disinformation",
        Scope.DELEGATION,
        17,
        N_("False stories about the talks"),
        N_(
            "Would you notice false or twisted stories about the talks, and is it settled who "
            "answers, how fast, and "
            "after consulting whom?"
        ),
        N_("Silence and a hasty answer both cost trust. A story about one side is heard by both."),
        N_("Name one person who watches, and one who may answer."),
        f"{PLATFORM}; Centre for Humanitarian Dialogue, social media codes of conduct",
        "project",
    ),
    Question(
        "risk-ownership",
        Scope.DELEGATION,
        19,
        N_("Risk owned at the top"),
        N_(
            "Is somebody at the head of your delegation, not only an IT person, answerable for "
            "digital risk?"
        ),
        N_("A break-in can end talks. Those who decide on the talks should decide on the risk."),
        N_("Put digital risk on the agenda of the next meeting of the head of delegation."),
        PLATFORM,
        "project",
    ),
    Question(
        "threat-picture",
        Scope.DELEGATION,
        21,
        N_("Who might target you"),
        N_(
            "Have you written down who would gain from reading, leaking or disturbing your work, "
            "and what they would "
            "go for first?"
        ),
        N_("Measures cost patience. They last only where people know what they are for."),
        N_("Write half a page: three who would gain, and what each would look for."),
        f"{CIVIL}: know the threat; NDI, Cybersecurity Handbook for Civil Society Organizations",
        "secondary",
    ),
)
