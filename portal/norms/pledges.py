"""What companies promise: the Cybersecurity Tech Accord and the Charter of Trust (voluntary)."""

from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import SECONDARY, UNVERIFIED, VERIFIED, Framework, Norm

ACCORD: Final = Framework(
    key="cybersecurity-tech-accord-2018",
    name=N_("Cybersecurity Tech Accord"),
    symbol="Cybersecurity Tech Accord, April 2018",
    status=N_("Voluntary: a promise of companies, of which 34 were the first to sign."),
    follow_up="",
    addressed_to=N_("the technology companies that signed it"),
    verification=SECONDARY,
    why=N_(
        "What technology companies promise their customers. Look here when a company is asked to "
        "help an attacker, or to protect those attacked."
    ),
)
CHARTER: Final = Framework(
    key="charter-of-trust-2018",
    name=N_("Charter of Trust"),
    symbol="Charter of Trust, Munich Security Conference 2018",
    status=N_("Voluntary: a promise of companies, begun by Siemens."),
    follow_up="",
    addressed_to=N_("its member companies"),
    verification=VERIFIED,
    why=N_(
        "What member companies promise about their products and suppliers. Look here when an "
        "incident comes from a product, an update or a supplier."
    ),
)
ACCORD_SOURCE: Final = (
    "dig.watch/resource/cybersecurity-tech-accord; "
    "globalpolicywatch.com/2018/04/tech-security-companies-sign-cybersecurity-tech-accord"
)
CHARTER_SOURCE: Final = (
    "charteroftrust.com/about; tuvsud.com/en/themes/charter-of-trust/principles-and-benefits"
)
CHARTER_NEWS: Final = f"{CHARTER_SOURCE}; charteroftrust.com/news"

NAMED: Final = {ACCORD.key: "Tech Accord", CHARTER.key: "Charter of Trust"}
SOURCES: Final = {ACCORD.key: ACCORD_SOURCE, CHARTER.key: CHARTER_SOURCE}


def _pledge(
    home: Framework,
    number: int,
    theme: str,
    title: str,
    text: str,
    verification: str = SECONDARY,
    source: str = "",
) -> Norm:
    return Norm(
        key=f"{home.key}-{number}",
        framework=home.key,
        number=str(number),
        title=title,
        text=text,
        symbol=f"{NAMED[home.key]}, principle {number}",
        source=source or SOURCES[home.key],
        addressed_to=home.addressed_to,
        verification=verification,
        theme=theme,
    )


TECH_ACCORD: Final = (
    _pledge(
        ACCORD,
        1,
        "rights",
        N_("Protect all users and customers everywhere"),
        N_(
            "Defend every customer against an attack, from wherever and for whatever reason, and "
            "make security, privacy, integrity and reliability part of the product."
        ),
    ),
    _pledge(
        ACCORD,
        2,
        "restraint",
        N_("Oppose attacks on innocent citizens and enterprises"),
        N_(
            "Help no government to attack blameless people or companies, and keep one's own "
            "products from being tampered with."
        ),
    ),
    _pledge(
        ACCORD,
        3,
        "hygiene",
        N_("Empower users, customers and developers"),
        N_(
            "Put knowledge and tools for their own protection into people's hands, and stand by "
            "States, civil society and international organisations in doing so."
        ),
    ),
    _pledge(
        ACCORD,
        4,
        "cooperation",
        N_("Partner with each other and with like-minded groups"),
        N_(
            "Work with one another and with others, formally or not, on technical questions, "
            "on the coordinated disclosure of a vulnerability, and on word of threats."
        ),
    ),
)
CHARTER_OF_TRUST: Final = (
    _pledge(
        CHARTER,
        1,
        "hygiene",
        N_("Ownership of cyber and IT security"),
        N_(
            "Make security the business of whoever leads, in a State as in a company: who is "
            "responsible, what is done, what is to be reached."
        ),
        VERIFIED,
    ),
    _pledge(
        CHARTER,
        2,
        "supply-chain",
        N_("Responsibility throughout the digital supply chain"),
        N_(
            "Set rules for suppliers by risk, with a minimum for all: who gets in, what is "
            "encrypted, that updates keep coming."
        ),
        VERIFIED,
        CHARTER_NEWS,
    ),
    _pledge(
        CHARTER,
        3,
        "supply-chain",
        N_("Security by default"),
        N_("Deliver products with the strongest fitting protection, of data too, switched on."),
        VERIFIED,
        CHARTER_NEWS,
    ),
    _pledge(
        CHARTER,
        4,
        "supply-chain",
        N_("User-centricity"),
        N_("Stand by customers reliably for as long as a product is reasonably in use."),
        VERIFIED,
    ),
    _pledge(
        CHARTER,
        5,
        "cooperation",
        N_("Innovation and co-creation"),
        N_("Keep renewing protection, with companies and lawmakers learning from each other."),
        UNVERIFIED,
    ),
    _pledge(
        CHARTER,
        6,
        "hygiene",
        N_("Education"),
        N_("Make security a subject at school, in studies and at work."),
        VERIFIED,
        CHARTER_NEWS,
    ),
    _pledge(
        CHARTER,
        7,
        "hygiene",
        N_("Cyber-resilience through conformity and certification"),
        N_(
            "Have critical infrastructure, and what it depends on, certified by somebody "
            "independent. In 2021 the title was “Certification for critical infrastructure and "
            "solutions”; the title above is from memory."
        ),
        SECONDARY,
        CHARTER_NEWS,
    ),
    _pledge(
        CHARTER,
        8,
        "harm-notice",
        N_("Transparency and response"),
        N_(
            "Take part in a circle of experts who tell each other of incidents and what they teach."
        ),
        VERIFIED,
        CHARTER_NEWS,
    ),
    _pledge(
        CHARTER,
        9,
        "cooperation",
        N_("Regulatory framework"),
        N_("Help rules and standards to be worked out jointly by many States."),
        UNVERIFIED,
    ),
    _pledge(
        CHARTER,
        10,
        "cooperation",
        N_("Joint initiatives"),
        N_("Carry the principles out in projects with everybody concerned."),
        UNVERIFIED,
    ),
)
