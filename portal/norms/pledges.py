"""Pledges of companies: the Cybersecurity Tech Accord and the Charter of Trust (voluntary)."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import MEMORY, SECONDARY, VERIFIED, VOLUNTARY, Framework, Norm

ACCORD: Final = Framework(
    key="cybersecurity-tech-accord-2018",
    name=N_("Cybersecurity Tech Accord"),
    symbol="Cybersecurity Tech Accord, 17 April 2018",
    status=VOLUNTARY,
    since="2018-04-17",
    pledged=True,
    text=N_(
        "Technology companies say that they will defend every customer, help no "
        "government attack the innocent, strengthen users and act together."
    ),
    legal=N_("Voluntary: a commitment that companies made in public. It binds nobody in law."),
    follow_up=N_(
        "Supports the ICRC's work on a digital emblem by a pledge of its own. Speaks as a"
        " stakeholder in UN talks."
    ),
    addressed_to=N_("signatory technology companies"),
    source=(
        "law.com of 17 April 2018 and globalpolicywatch.com (day, number, principles); "
        "dig.watch/resource/cybersecurity-tech-accord; cybertechaccord.org (over 140 in "
        "an undated submission; 160+ according to Microsoft at the IGF, 24 June 2025, "
        "dig.watch/?p=217136)"
    ),
    verification=SECONDARY,
    why=N_(
        "What technology companies say about themselves. Look here when a company asks "
        "what its peers have promised."
    ),
)
_accord = partial(
    Norm,
    framework="cybersecurity-tech-accord-2018",
    addressed_to=N_("signatory technology companies"),
    status=VOLUNTARY,
    verification=SECONDARY,
    source=(
        "dig.watch/resource/cybersecurity-tech-accord; "
        "globalpolicywatch.com/2018/04/tech-security-companies-sign-cybersecurity-tech-"
        "accord; blogs.msmvps.com/harrywaldron (wording of the first principle); "
        "cybertechaccord.org submission to Australia (the fields of work)"
    ),
)
TECH_ACCORD: Final = (
    _accord(
        key="cybersecurity-tech-accord-2018-1",
        number="1",
        topic="rights",
        title=N_("Protect all users and customers everywhere"),
        text=N_(
            "Signatories say that they will protect every user and customer, wherever they "
            "are and whatever the attacker's motive, and will build products that put "
            "security, privacy, integrity and reliability first."
        ),
        symbol="Tech Accord, principle 1",
    ),
    _accord(
        key="cybersecurity-tech-accord-2018-2",
        number="2",
        topic="hack-back",
        title=N_("Oppose attacks on innocent citizens and enterprises"),
        text=N_(
            "They say that they will oppose such attacks: they will guard their products from"
            " tampering and misuse, and will not help governments to attack innocent people "
            "or companies."
        ),
        symbol="Tech Accord, principle 2",
    ),
    _accord(
        key="cybersecurity-tech-accord-2018-3",
        number="3",
        topic="hygiene",
        title=N_("Empower users, customers and developers"),
        text=N_(
            "They say that they will give people information and tools to protect themselves,"
            " and will support States, civil society and international organisations that do "
            "likewise."
        ),
        symbol="Tech Accord, principle 3",
    ),
    _accord(
        key="cybersecurity-tech-accord-2018-4",
        number="4",
        topic="cooperation",
        title=N_("Partner with each other and with like-minded groups"),
        text=N_(
            "They say that they will work together, formally or not, on technical questions, "
            "coordinated vulnerability disclosure, information on threats, and response and "
            "recovery."
        ),
        symbol="Tech Accord, principle 4",
    ),
)

CHARTER: Final = Framework(
    key="charter-of-trust-2018",
    name=N_("Charter of Trust"),
    symbol="Charter of Trust, Munich Security Conference, February 2018",
    status=VOLUNTARY,
    since="2018-02",
    pledged=True,
    text=N_(
        "Companies say what they will do for the security of their products and supply "
        "chains, in ten principles."
    ),
    legal=N_("Voluntary: a commitment that companies made in public. It binds nobody in law."),
    follow_up=N_(
        "The Charter's site now speaks of partners and of five fields of work; the list "
        "of ten principles stands on an older stored copy of its page."
    ),
    addressed_to=N_("member companies"),
    source=(
        "charteroftrust.com/about/ (older stored copy: start of the list of principles; "
        "newer copy: no list)"
    ),
    verification=VERIFIED,
    why=N_(
        "What industrial companies say about products and supply chains. Look here for "
        "promises about security built in."
    ),
)
_charter = partial(
    Norm,
    framework="charter-of-trust-2018",
    addressed_to=N_("member companies"),
    status=VOLUNTARY,
    verification=VERIFIED,
    source="title and text from memory",
)
CHARTER_OF_TRUST: Final = (
    _charter(
        key="charter-of-trust-2018-1",
        number="1",
        topic="governance",
        title=N_("Ownership for cyber and IT security"),
        text=N_(
            "Members say that responsibility for security will sit at the top, with people "
            "named for it, measures and targets, and that it is everybody's task."
        ),
        symbol="Charter of Trust, principle 1",
        source="charteroftrust.com/about/ (older stored copy)",
    ),
    _charter(
        key="charter-of-trust-2018-2",
        number="2",
        topic="supply-chain",
        title=N_("Responsibility throughout the digital supply chain"),
        text=N_(
            "They say that rules will be set by risk, with a minimum for all: identities and "
            "access, encryption, and updates that keep coming."
        ),
        symbol="Charter of Trust, principle 2",
        source=(
            "charteroftrust.com/about/ (older stored copy); charteroftrust.com/news/cot-"
            "response-to-eo-one-year-anniversary"
        ),
    ),
    _charter(
        key="charter-of-trust-2018-3",
        number="3",
        topic="product-security",
        title=N_("Security by default"),
        text=N_(
            "They say that the highest appropriate level of security and data protection will"
            " be preset."
        ),
        symbol="Charter of Trust, principle 3",
        source="charteroftrust.com/news/cot-response-to-eo-one-year-anniversary",
    ),
    _charter(
        key="charter-of-trust-2018-4",
        number="4",
        topic="product-security",
        title=N_("User-centricity"),
        text=N_("They say that they will be a trusted partner for a reasonable life of a product."),
        symbol="Charter of Trust, principle 4",
        verification=SECONDARY,
        source=(
            "tuvsud.com/en/themes/charter-of-trust/principles-and-benefits; the Charter's own"
            " page was cut before it"
        ),
    ),
    _charter(
        key="charter-of-trust-2018-5",
        number="5",
        topic="cooperation",
        title=N_("Innovation and co-creation"),
        text=N_(
            "They say that companies and policymakers will deepen a shared understanding and "
            "keep protection in step with new threats."
        ),
        symbol="Charter of Trust, principle 5",
        verification=MEMORY,
    ),
    _charter(
        key="charter-of-trust-2018-6",
        number="6",
        topic="hygiene",
        title=N_("Education"),
        text=N_("They say that security will be part of school, studies and training at work."),
        symbol="Charter of Trust, principle 6",
        verification=SECONDARY,
        source=(
            "charteroftrust.com (field of work 'Education'); wording of the principle from memory"
        ),
    ),
    _charter(
        key="charter-of-trust-2018-7",
        number="7",
        topic="product-security",
        title=N_("Cyber-resilience through conformity and certification"),
        text=N_(
            "They say that independent certification will be sought for critical "
            "infrastructure and critical solutions."
        ),
        symbol="Charter of Trust, principle 7",
        verification=MEMORY,
        source=(
            "present title from memory; title of 2021, 'Certification for critical "
            "infrastructure and solutions', in charteroftrust.com/news as read for the first "
            "edition"
        ),
    ),
    _charter(
        key="charter-of-trust-2018-8",
        number="8",
        topic="transparency",
        title=N_("Transparency and response"),
        text=N_(
            "They say that they will keep a network of experts who share insights and "
            "information on incidents, with regulators and others too."
        ),
        symbol="Charter of Trust, principle 8",
        source="charteroftrust.com/news/cot-response-to-eo-one-year-anniversary",
    ),
    _charter(
        key="charter-of-trust-2018-9",
        number="9",
        topic="norms-and-cbms",
        title=N_("Regulatory framework"),
        text=N_("They say that they will promote multilateral work on rules and standards."),
        symbol="Charter of Trust, principle 9",
        verification=MEMORY,
    ),
    _charter(
        key="charter-of-trust-2018-10",
        number="10",
        topic="cooperation",
        title=N_("Joint initiatives"),
        text=N_(
            "They say that they will carry the principles out in projects with everyone concerned."
        ),
        symbol="Charter of Trust, principle 10",
        verification=MEMORY,
    ),
)
