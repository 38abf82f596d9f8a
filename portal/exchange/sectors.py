"""Sectors as MISP galaxies and STIX (open vocabulary `industry-sector-ov`) name them."""

from typing import Final

# Each word that may stand in a name, and the sector of the portal it speaks of.
WORDS: Final = (
    ("telecom", "digital-infrastructure"),
    ("communications", "digital-infrastructure"),
    ("infrastructure-internet", "digital-infrastructure"),
    ("bank", "banking"),
    ("financ", "banking"),
    ("insurance", "financial-markets"),
    ("energy", "energy"),
    ("electric", "energy"),
    ("utilities", "energy"),
    ("oil", "energy"),
    ("transport", "transport"),
    ("aviation", "transport"),
    ("logistic", "transport"),
    ("health", "health"),
    ("pharma", "health"),
    ("hospital", "health"),
    ("water", "drinking-water"),
    ("government", "public-administration"),
    ("emergency", "public-administration"),
    ("aerospace", "space"),
    ("technology", "ict-services"),
    ("it service", "ict-services"),
    ("postal", "postal"),
    ("chemical", "chemicals"),
    ("agri", "food"),
    ("food", "food"),
    ("manufactur", "manufacturing"),
    ("automotive", "manufacturing"),
    ("education", "research"),
    ("research", "research"),
    ("entertainment", "media"),
    ("media", "media"),
    ("news", "media"),
    ("non-profit", "civil-society"),
    ("ngo", "civil-society"),
)


def sector_of(name: str) -> str | None:
    """The sector that a name speaks of; None where it is not one of ours."""
    low = name.lower()
    return next((sector for word, sector in WORDS if word in low), None)
