"""The Paris Call for Trust and Security in Cyberspace (12 November 2018; voluntary)."""

from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import SECONDARY, VERIFIED, Framework, Norm

PARIS: Final = Framework(
    key="paris-call-2018",
    name=N_("Paris Call for Trust and Security in Cyberspace"),
    symbol="Paris Call, 12 November 2018",
    status=N_("Voluntary: a political call that whoever supports it joins freely."),
    follow_up="",
    addressed_to=N_("all its supporters: States, companies, civil society"),
    verification=VERIFIED,
    why=N_(
        "Speaks to States and companies alike. Look here when the conduct of a company is at "
        "issue, or elections, trade secrets or the Internet itself."
    ),
)
SOURCE: Final = (
    "pariscall.international/en/principles; "
    "dig.watch/resource/cybersecurity-paris-call-12-november-2018-trust-and-security-cyberspace; "
    "gmfus.org/publications/paris-call-and-activating-global-cyber-norms"
)


def _principle(
    number: int, theme: str, title: str, text: str, verification: str = SECONDARY
) -> Norm:
    return Norm(
        key=f"{PARIS.key}-{number}",
        framework=PARIS.key,
        number=str(number),
        title=title,
        text=text,
        symbol=f"Paris Call, principle {number}",
        source=SOURCE,
        addressed_to=PARIS.addressed_to,
        verification=verification,
        theme=theme,
    )


PARIS_CALL: Final = (
    _principle(
        1,
        "protect-responders",
        N_("Protect individuals and infrastructure"),
        N_(
            "Head off malicious cyber acts that harm, or could harm, people and critical "
            "infrastructure gravely, blindly or across whole systems; help those hit to recover."
        ),
        VERIFIED,
    ),
    _principle(
        2,
        "protect-responders",
        N_("Protect the Internet"),
        N_(
            "Head off acts that are meant to disturb the public core of the Internet gravely, "
            "whether it fails or is tampered with."
        ),
        VERIFIED,
    ),
    _principle(
        3,
        "rights",
        N_("Defend electoral processes"),
        N_("Become better able to keep malicious cyber interference from abroad out of elections."),
    ),
    _principle(
        4,
        "restraint",
        N_("Defend intellectual property"),
        N_(
            "Head off the digital theft of what companies know and own, a trade secret for "
            "example, when it is done to favour a competitor."
        ),
    ),
    _principle(
        5,
        "supply-chain",
        N_("Non-proliferation"),
        N_("Develop ways to hold back the spread of malicious programs and of harmful practices."),
    ),
    _principle(
        6,
        "supply-chain",
        N_("Lifecycle security"),
        N_(
            "Strengthen the security of digital products and services, and of how they are made "
            "and run, from the first design to the end of use and all along the supply chain."
        ),
    ),
    _principle(
        7,
        "hygiene",
        N_("Cyber hygiene"),
        N_("Support good daily habits of security, whoever it is that takes part."),
    ),
    _principle(
        8,
        "restraint",
        N_("No private hack back"),
        N_(
            "Act so that companies, and others who are no State, do not answer an attack with one "
            "of their own, for themselves or for somebody else."
        ),
    ),
    _principle(
        9,
        "cooperation",
        N_("International norms"),
        N_(
            "Help international norms of good conduct, and confidence-building measures, to be "
            "accepted and followed everywhere."
        ),
    ),
)
