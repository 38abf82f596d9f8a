"""The eleven UN norms of responsible State behaviour (A/70/174, paragraph 13; voluntary)."""

from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import VERIFIED, Framework, Norm

UN: Final = Framework(
    key="un-gge-2015",
    name=N_("UN norms of responsible State behaviour"),
    symbol="A/70/174, para. 13 (a)–(k)",
    status=N_(
        "Voluntary: binding on no State and on no company. "
        "International law holds beside them, undiminished."
    ),
    follow_up=N_(
        "The report is of July 2015; A/RES/70/237 asks States to let it guide them. "
        "A/76/135 (May 2021) explains the norms and adds none; see also A/RES/76/19. "
        "A/80/257 came after it and was endorsed by A/RES/80/16."
    ),
    addressed_to=N_("States"),
    verification=VERIFIED,
    why=N_(
        "What States at the UN mean by responsible behaviour. Look here first when an incident "
        "touches critical infrastructure, response teams or a supply chain."
    ),
)
OVERVIEW: Final = "dig.watch/cyber-norms"
COPY: Final = "; internationalcybertech.gov.au/our-work/annexes/annex-c"


def _norm(number: str, theme: str, title: str, text: str, read_at: str) -> Norm:
    return Norm(
        key=f"{UN.key}-{number}",
        framework=UN.key,
        number=number,
        title=title,
        text=text,
        symbol=f"A/70/174, para. 13 ({number})",
        source=f"A/70/174, para. 13; {read_at}",
        addressed_to=UN.addressed_to,
        verification=VERIFIED,
        theme=theme,
    )


UN_NORMS: Final = (
    _norm(
        "a",
        "cooperation",
        N_("Cooperation for stability"),
        N_(
            "States join in building and using measures for a stable and secure digital space, and "
            "let no practice take hold that is known to be harmful or could threaten peace."
        ),
        OVERVIEW + COPY,
    ),
    _norm(
        "b",
        "restraint",
        N_("Everything weighed first"),
        N_(
            "Before a State draws conclusions from an incident it considers all that is known: the "
            "setting, how difficult attribution is, and how far the effects go and of what kind."
        ),
        f"{OVERVIEW}/consider-all-relevant-information{COPY}",
    ),
    _norm(
        "c",
        "restraint",
        N_("Territory not lent to wrongful acts"),
        N_(
            "A State that knows of it does not leave its territory open to acts by digital means "
            "that are wrongful under international law."
        ),
        OVERVIEW + COPY,
    ),
    _norm(
        "d",
        "cooperation",
        N_("Help against crime and terrorism"),
        N_(
            "States consider how best to exchange information, help one another and bring criminal "
            "and terrorist uses of digital means to court, and whether this needs new measures."
        ),
        OVERVIEW + COPY,
    ),
    _norm(
        "e",
        "rights",
        N_("Human rights and privacy online"),
        N_(
            "While they make the digital space secure, States honour human rights there, among "
            "them privacy and freedom of expression (Human Rights Council 20/8 and 26/13; General "
            "Assembly 68/167 and 69/166)."
        ),
        OVERVIEW + COPY,
    ),
    _norm(
        "f",
        "protect-responders",
        N_("Critical infrastructure left unharmed"),
        N_(
            "A State does not carry out or knowingly support digital acts, contrary to its duties "
            "under international law, that intentionally damage critical infrastructure or hinder "
            "it in serving the public."
        ),
        f"{OVERVIEW} (wp.dig.watch/?p=174075){COPY}",
    ),
    _norm(
        "g",
        "hygiene",
        N_("One's own critical infrastructure guarded"),
        N_(
            "Each State protects the critical infrastructure at home from digital threats by "
            "fitting measures, guided by General Assembly resolution 58/199 and others like it."
        ),
        f"{OVERVIEW}/protect-critical-infrastructure",
    ),
    _norm(
        "h",
        "cooperation",
        N_("Requests for help answered"),
        N_(
            "When malicious digital acts hit the critical infrastructure of another State and it "
            "fittingly asks for help, a State responds. So it does when asked to lessen such an "
            "attack that starts on its soil, while sovereignty is respected."
        ),
        f"{OVERVIEW}/respond-to-requests-for-assistance",
    ),
    _norm(
        "i",
        "supply-chain",
        N_("A supply chain to rely on"),
        N_(
            "States do what is reasonable to keep the supply chain of digital products sound, so "
            "that users can rely on it, and seek to hold back the spread of malicious tools, "
            "techniques and concealed functions."
        ),
        f"{OVERVIEW}/ensure-supply-chain-security",
    ),
    _norm(
        "j",
        "disclosure",
        N_("Vulnerabilities reported"),
        N_(
            "States encourage that whoever finds a vulnerability reports it responsibly, and share "
            "what is known of remedies, to limit or remove the danger for all who depend on the "
            "technology."
        ),
        f"{OVERVIEW}/report-ict-vulnerabilities",
    ),
    _norm(
        "k",
        "protect-responders",
        N_("Response teams left unharmed"),
        N_(
            "The systems of other States' authorised response teams (CERT, CSIRT) stay out of "
            "harm: no State attacks them or knowingly supports it, or turns its own team to "
            "malicious acts beyond its borders."
        ),
        f"{OVERVIEW}/do-no-harm-to-response-teams",
    ),
)
