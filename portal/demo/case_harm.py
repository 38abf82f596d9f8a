"""Harm in the two public cases: each figure with who said it, when, and how far it is verified.

From the reference data of 28 November 2026. "At least" has no upper end; "none reported" is not
"none", and is not known here; a total is left out of sums.
"""

from dataclasses import dataclass
from typing import Final

from portal.harm import Amount
from portal.norms.shapes import MEMORY, SECONDARY, VERIFIED


@dataclass(frozen=True)
class Hurt:
    """A row of a public case."""

    title: str
    category: str
    who: str
    amount: Amount
    said_by: str
    said_on: str
    source: str
    country: str = ""
    sector: str = ""
    verified: str = SECONDARY
    body: str = ""
    flags: tuple[str, ...] = ()
    reached_as: str = ""
    holds_others: bool = False


NAO: Final = "UK National Audit Office"
NAO_BY_PRESS: Final = "UK National Audit Office, by press"
NAO_DAY: Final = "2017-10-27"
HC_414: Final = "nao.org.uk, press release on HC 414"
HEALTH: Final = ("civilian", "medical")
MILLION: Final = 10**6


def _usd(lower: int, upper: int | None) -> Amount:
    return Amount(lower=lower, upper=upper, currency="USD")


WANNACRY_HARM: Final = (
    Hurt(
        "NHS trusts in England disrupted", "social-societal", "NHS trusts in England",
        Amount(lower=81, unit="trusts of 236, at least"), NAO, NAO_DAY, HC_414, "GB", "health",
        VERIFIED, "On the day 45 organisations, 37 of them trusts (NAO); first official figure 47 "
        "trusts; the National Crime Agency said 48 in 2018.", HEALTH,
    ),
    Hurt(
        "Further NHS bodies infected", "social-societal", "NHS bodies, GP practices among them",
        Amount(best=603, unit="bodies, of them 595 GP practices"), NAO, NAO_DAY, HC_414, "GB",
        "health", VERIFIED, "", HEALTH,
    ),
    Hurt(
        "Appointments cancelled", "physical-digital", "Patients",
        Amount(lower=6912, unit="appointments"), NAO, NAO_DAY, "gponline.com and itv.com on the "
        "report", "GB", "health", SECONDARY, "6,912 recorded, more than 19,000 estimated.", HEALTH,
    ),
    Hurt(
        "Five emergency departments diverted some patients", "physical-digital", "Patients",
        Amount(best=5, unit="hospitals or areas"), NAO_BY_PRESS, NAO_DAY, "gponline.com, itv.com",
        "GB", "health", SECONDARY, "", HEALTH,
    ),
    Hurt(
        "Urgent cancer referrals cancelled", "physical-digital", "Patients",
        Amount(lower=139, unit="referrals"), NAO_BY_PRESS, NAO_DAY, "hsj.co.uk", "GB", "health",
        SECONDARY, "", HEALTH,
    ),
    Hurt(
        "Diagnostic devices infected", "physical-digital", "Diagnostic devices",
        Amount(lower=1220, unit="devices"), NAO_BY_PRESS, NAO_DAY, "hsj.co.uk", "GB", "health",
        SECONDARY, "", HEALTH,
    ),
    Hurt(
        "No patient harm was reported to the National Audit Office", "physical-digital", "Patients",
        Amount(), NAO_BY_PRESS, NAO_DAY, "hsj.co.uk", "GB", "health", SECONDARY,
        "None reported is not none.", HEALTH,
    ),
    Hurt(
        "Computers infected", "physical-digital", "Computers, worldwide",
        Amount(lower=230_000, unit="computers"), "Press", "2017", "pymnts.com; itv.com", "", "",
        SECONDARY, "", ("cross-border",),
    ),
    Hurt(
        "Countries reached", "reach", "Countries", Amount(lower=100, unit="countries"),
        "UK National Crime Agency; US Department of Justice, by press", "2018-09",
        "computerweekly.com; cybersecurityintelligence.com; pymnts.com", "", "", SECONDARY,
        "'More than 100' (UK agencies), 'about 150' and 'more than 150' (US officials, press).",
        ("cross-border",),
    ),
    Hurt(
        "Lost output and IT support", "economic", "National Health Service in England",
        Amount(best=92 * MILLION, currency="GBP"), "UK Department of Health and Social Care",
        "2018-10", "From memory; no page of the time was found", "GB", "health", MEMORY,
        "An estimate.", HEALTH,
    ),
)  # fmt: skip
PRESS_LIST: Final = "Wired, by press"
NOTPETYA_HARM: Final = (
    Hurt(
        "Countries reached on the second day", "reach", "Countries",
        Amount(lower=64, upper=65, unit="countries"), "Microsoft, by press", "2017-06-28",
        "usatoday.com, 28 June 2017; sol.sapo.pt, 29 June 2017", flags=("cross-border",),
    ),
    Hurt(
        "Machines hit in Ukraine on the first days", "physical-digital", "Machines in Ukraine",
        Amount(lower=12_500, unit="machines"), "Microsoft, by press", "2017-06-28", "usatoday.com",
        "UA", reached_as="first",
    ),
    Hurt(
        "Complaints to Ukraine's police in two days", "social-societal", "Whoever complained",
        Amount(best=1508, unit="complaints"), "Ukraine's police, by press", "2017-06", "unian.info",
        "UA", reached_as="first",
    ),
    Hurt(
        "Share of the damage in Ukraine", "economic", "Ukraine",
        Amount(best=80, unit="per cent, about"), "ESET, by press", "2017", "axios.com", "UA",
        body="By its own count.", reached_as="first",
    ),
    Hurt(
        "Cost to Maersk", "economic", "Maersk", _usd(200 * MILLION, 300 * MILLION), "The company",
        "2017-08-16", "helpnetsecurity.com, 17 August 2017, on the company's report", "DK",
        "transport", body="Expected, as of that day; back to normal on 9 July 2017.",
        reached_as="spread",
    ),
    Hurt(
        "Cost to FedEx (TNT Express)", "economic", "FedEx (TNT Express)",
        Amount(best=300 * MILLION, currency="USD"), "The company, by press", "2017",
        "cshub.com; channel3000.com", "NL", "postal", reached_as="spread",
    ),
    Hurt(
        "Cost to Merck", "economic", "Merck", _usd(310 * MILLION, 870 * MILLION),
        "The company; Wired, by press", "2018-08", "cshub.com; cybersolace.co.uk", "US",
        body="135 million lost sales and 175 million other cost by October 2017; 870 million in a "
        "later press list.", reached_as="spread",
    ),
    *(
        Hurt(
            f"Cost to {who}", "economic", who, Amount(best=cost * MILLION, currency="USD"),
            PRESS_LIST, "2018-08", "cybersolace.co.uk", country, reached_as="spread",
        )
        for who, cost, country in (
            ("Saint-Gobain", 384, "FR"), ("Mondelez", 188, "US"), ("Reckitt Benckiser", 129, "GB"),
        )
    ),
    Hurt(
        "Cost to all, worldwide", "economic", "All", _usd(1200 * MILLION, 10_000 * MILLION),
        "Press; an estimate of the White House, by Wired", "2018",
        "freebeacon.com; cybersolace.co.uk", body="1.2 billion in press of 2018; 10 billion as an "
        "estimate of the White House.", flags=("cross-border",), holds_others=True,
    ),
)  # fmt: skip
