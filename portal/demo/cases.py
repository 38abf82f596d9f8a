"""Two public cases for study: each figure with who said it, when, and how far it is verified.

From the reference data of 28 November 2026. A range is a range of sources, "at least" is a lower
bound, and "none reported" is not "none". The portal repeats no attribution as a verdict.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from models.vocabulary import Certainty, Pap, Tlp
from portal.notices import NoticeText


def _body(name: str) -> str:
    return (Path(__file__).parent / name).read_text()


WANNACRY: Final = NoticeText(
    title="Case for study: WannaCry, May 2017",
    tlp=Tlp.CLEAR,
    pap=Pap.CLEAR,
    kind="malicious-code",
    summary="A worm with a ransom note that spread through a flaw in the file sharing of Windows "
    "(press, from other sources).",
    body=_body("wannacry.md"),
    began_at=datetime(2017, 5, 12, tzinfo=UTC),
    began_certainty=Certainty.ESTIMATED,
    detected_at=datetime(2017, 5, 12, tzinfo=UTC),
    detected_certainty=Certainty.ESTIMATED,
    sectors=("health",),
    countries=("GB",),
)
NOTPETYA: Final = NoticeText(
    title="Case for study: NotPetya, June 2017",
    tlp=Tlp.CLEAR,
    pap=Pap.CLEAR,
    kind="malicious-code",
    summary="A wiper that looked like ransomware and spread inside networks by itself (press, from "
    "other sources).",
    body=_body("notpetya.md"),
    began_at=datetime(2017, 6, 27, tzinfo=UTC),
    began_certainty=Certainty.ESTIMATED,
    detected_at=datetime(2017, 6, 27, tzinfo=UTC),
    detected_certainty=Certainty.ESTIMATED,
    sectors=("transport", "manufacturing"),
    countries=("UA", "DK", "NL", "US", "FR", "GB"),
)

# What the cases are relevant to, as pairs of a norm and the reason.
WANNACRY_NORMS: Final = (
    (
        "un-gge-2015-f",
        "At least 81 NHS trusts in England were disrupted (National Audit Office, checked at the "
        "source): critical infrastructure that serves the public.",
    ),
    (
        "un-gge-2015-j",
        "It used a flaw for which a fix had been available for two months (press, from other "
        "sources).",
    ),
)
NOTPETYA_NORMS: Final = (
    (
        "un-gge-2015-i",
        "Some infections began with the update of one tax program (Microsoft, by press; from "
        "other sources).",
    ),
    (
        "un-gge-2015-f",
        "A shipping company and a parcel service reported losses (by press; from other sources). "
        "Whether what they run is critical infrastructure is our own reading.",
    ),
)
