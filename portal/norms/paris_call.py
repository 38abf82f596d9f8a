"""The nine aims of the Paris Call for Trust and Security in Cyberspace (voluntary)."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import VERIFIED, VOLUNTARY, Framework, Norm

PARIS: Final = Framework(
    key="paris-call-2018",
    name=N_("Paris Call for Trust and Security in Cyberspace"),
    symbol="Paris Call for Trust and Security in Cyberspace, 12 November 2018",
    status=VOLUNTARY,
    since="2018-11-12",
    pledged=True,
    text=N_(
        "A political call by which States, companies and civil society affirm their "
        "willingness to work together on nine aims."
    ),
    legal=N_("Voluntary: a political call. It binds none of its supporters in law."),
    follow_up=N_(
        "Working groups reported on 12 November 2021: on the UN talks with many "
        "stakeholders, on international norms, on a stability index, and on tools for the"
        " community. The Pall Mall Process of 2024 builds on the Call."
    ),
    addressed_to=N_("all supporters (States, public authorities, companies, civil society)"),
    source=(
        "github.com/ambanum/pariscall.international at 916433b, "
        "_includes/pages/texts/en/call/paris-call.md (whole text, also in French); the "
        "same, _includes/pages/texts/en/home/working_groups.html; that the Pall Mall "
        "Process builds on it: read earlier"
    ),
    verification=VERIFIED,
    why=N_(
        "The list with the widest circle of supporters: States, companies and civil "
        "society. Look here for language that both sides of a table may already support."
    ),
)
_paris = partial(
    Norm,
    framework="paris-call-2018",
    addressed_to=N_("all supporters (States, public authorities, companies, civil society)"),
    status=VOLUNTARY,
    verification=VERIFIED,
    source=(
        "github.com/ambanum/pariscall.international at 916433b, "
        "_includes/pages/texts/en/call/paris-call.md; short titles: "
        "_data/translations/principles.yml there"
    ),
)
PARIS_CALL: Final = (
    _paris(
        key="paris-call-2018-1",
        number="1",
        topic="critical-infrastructure",
        title=N_("Protect individuals and infrastructure"),
        text=N_(
            "Supporters are willing to prevent, and help to recover from, malicious cyber "
            "activities that harm or threaten people and critical infrastructure in a "
            "significant, indiscriminate or systemic way."
        ),
        symbol="Paris Call, principle 1",
    ),
    _paris(
        key="paris-call-2018-2",
        number="2",
        topic="internet-core",
        title=N_("Protect the Internet"),
        text=N_(
            "They are willing to prevent activity that is meant to do substantial damage to "
            "the public core of the Internet, so that it fails in general or is no longer "
            "intact."
        ),
        symbol="Paris Call, principle 2",
    ),
    _paris(
        key="paris-call-2018-3",
        number="3",
        topic="elections",
        title=N_("Defend electoral processes"),
        text=N_(
            "They are willing to strengthen their capacity to prevent foreign actors from "
            "undermining elections by malicious cyber activities."
        ),
        symbol="Paris Call, principle 3",
    ),
    _paris(
        key="paris-call-2018-4",
        number="4",
        topic="intellectual-property",
        title=N_("Defend intellectual property"),
        text=N_(
            "They are willing to prevent the theft of intellectual property by means of ICTs,"
            " trade secrets and other confidential business information included, where it is"
            " meant to give companies or a sector an advantage."
        ),
        symbol="Paris Call, principle 4",
    ),
    _paris(
        key="paris-call-2018-5",
        number="5",
        topic="proliferation",
        title=N_("Non-proliferation"),
        text=N_(
            "They are willing to develop ways that keep malicious tools and practices, meant "
            "to do harm, from spreading."
        ),
        symbol="Paris Call, principle 5",
    ),
    _paris(
        key="paris-call-2018-6",
        number="6",
        topic="product-security",
        title=N_("Lifecycle security"),
        text=N_(
            "They are willing to make digital products, services and processes more secure, "
            "from the first design to the end of use and all along the supply chain."
        ),
        symbol="Paris Call, principle 6",
    ),
    _paris(
        key="paris-call-2018-7",
        number="7",
        topic="hygiene",
        title=N_("Cyber hygiene"),
        text=N_("They are willing to support efforts for an advanced cyber hygiene of all actors."),
        symbol="Paris Call, principle 7",
    ),
    _paris(
        key="paris-call-2018-8",
        number="8",
        topic="hack-back",
        title=N_("No private hack back"),
        text=N_(
            "They are willing to take steps so that no non-State actor, a company included, "
            "hacks back, be it on its own account or for another non-State actor."
        ),
        symbol="Paris Call, principle 8",
    ),
    _paris(
        key="paris-call-2018-9",
        number="9",
        topic="norms-and-cbms",
        title=N_("International norms"),
        text=N_(
            "They are willing to promote that international norms of responsible behaviour, "
            "and confidence-building measures, are accepted and carried out widely."
        ),
        symbol="Paris Call, principle 9",
    ),
)
