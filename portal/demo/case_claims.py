"""Claims about the two public cases: who said what about whom, when, in which form, and from where.

From the reference data of 28 November 2026. Nothing here is a verdict of the portal. "Not yet
checked" is said where no page of the time was found; sanctions name bodies and attribute to no
State.
"""

from dataclasses import dataclass
from typing import Final

from portal.norms.shapes import MEMORY, SECONDARY

WORDS_OF_FORM: Final = "political-statement"


@dataclass(frozen=True)
class Said:
    """A claim of a public case. `denies` is the claimant and day of the claim that it denies."""

    claimant: str
    said_on: str
    form: str
    about_sort: str
    about: str
    title: str
    source: str
    body: str = ""
    verified: str = SECONDARY
    denies: tuple[str, str] | None = None


FROM_MEMORY: Final = "From memory; no page of the time was found"
SANCTION: Final = "Sanctions name persons and bodies; they attribute to no State."
OUR_READING: Final = (
    "The source gives the day. That it stands beside this claim is our own reading."
)
STATE, BODY, GROUP, PERSON = "state", "body", "group", "person"
NOTPETYA_CLAIMS: Final = (
    Said(
        "Ukraine", "2017-06-28", "media", STATE, "Russia",
        "An official of Ukraine names Russia in the media", "EuRepoC 1.1, attribution 8650",
    ),
    Said(
        "ESET", "2017-07-03", "technical-report", GROUP, "TeleBots / Sandworm",
        "A technical report names the TeleBots or Sandworm cluster, and no State",
        "EuRepoC 1.1, attribution 8653",
    ),
    Said(
        "United Kingdom", "2018-02-15", WORDS_OF_FORM, BODY, "Russian military",
        "The United Kingdom names the Russian military", "EuRepoC 1.1, attribution 8652; "
        "freightwaves.com", "One trade paper gives 14 February; EuRepoC and others the 15th.",
    ),
    Said(
        "United States", "2018-02-15", WORDS_OF_FORM, BODY, "Russian military",
        "The United States names the Russian military", "freebeacon.com; unian.info",
    ),
    *(
        Said(
            who, "2018-02-16", WORDS_OF_FORM, STATE, "Russia", f"{who} names Russia",
            f"EuRepoC 1.1, attribution {number}",
        )
        for who, number in (("Canada", 8655), ("Australia", 8656), ("New Zealand", 8657))
    ),
    Said(
        "European Union", "2020-07-30", "sanction", BODY, "GTsST of the GU/GRU",
        "Restrictive measures list an entity", "EuRepoC 1.1, attribution 8659; dig.watch; "
        "en.secnews.gr", SANCTION,
    ),
    Said(
        "United States Department of Justice", "2020-10-19", "legal-act", PERSON,
        "Six officers of GRU unit 74455", "An indictment names six officers of one unit",
        "EuRepoC 1.1, attribution 8658",
    ),
    Said(
        "Russia", "2018-02-15", WORDS_OF_FORM, STATE, "Russia", "Russia denies it",
        "Reuters text at network-securitas.com", OUR_READING,
        denies=("United Kingdom", "2018-02-15"),
    ),
)  # fmt: skip
WANNACRY_CLAIMS: Final = (
    Said(
        "Security researchers (Google, Kaspersky, Symantec)", "2017-05", "technical-report", GROUP,
        "Lazarus group", "Researchers remark on a likeness of code to tools of the Lazarus group",
        "scribd.com/document/473458353 (Wikipedia text)", "No State is named.",
    ),
    Said(
        "United Kingdom", "2017-10", WORDS_OF_FORM, STATE, "North Korea",
        "A minister of the United Kingdom names North Korea", "pymnts.com (month only); "
        "dailymail.co.uk", "The day was not found.",
    ),
    Said(
        "United States", "2017-12-19", WORDS_OF_FORM, STATE, "North Korea",
        "The United States names North Korea", "fastcompany.com, 19 December 2017; "
        "networkfights.com", "An article by the homeland security adviser, printed 18 to 19 "
        "December, then a statement.",
    ),
    Said(
        "United Kingdom", "2017-12-19", WORDS_OF_FORM, GROUP, "North Korean actors",
        "The Foreign Office names North Korean actors", "wcapt.asia; dailymail.co.uk",
        "The day is from memory. Lord Ahmad names Lazarus.",
    ),
    *(
        Said(
            who, "2017-12", WORDS_OF_FORM, STATE, "North Korea", f"{who} names North Korea",
            FROM_MEMORY, verified=MEMORY,
        )
        for who in ("Australia", "Canada", "Japan", "New Zealand")
    ),
    Said(
        "United States Department of Justice", "2018-09-06", "legal-act", PERSON, "Park Jin Hyok",
        "A criminal complaint names an individual, said to work for North Korea",
        "cybersecurityintelligence.com; computerweekly.com/news/252448281",
    ),
    Said(
        "European Union", "2020-07-30", "sanction", BODY, "Chosun Expo",
        "Restrictive measures list an entity", "dig.watch; en.secnews.gr; brusselstimes.com",
        SANCTION,
    ),
    Said(
        "North Korea", "2017", WORDS_OF_FORM, STATE, "North Korea", "North Korea denies it",
        FROM_MEMORY, f"Since May 2017, and later. {OUR_READING}", MEMORY,
        denies=("United States", "2017-12-19"),
    ),
)  # fmt: skip
