"""The macro regions of the world by UN M49, as facts with their source; nothing is inferred.

`Standard country or area codes for statistical use (M49)`, UN Statistics Division, as a public
table of ISO 3166 with these regions has it (of June 2024); M49 itself was not read here.
"""

from typing import Final

from portal.norms.shapes import SECONDARY
from portal.words import N_

SOURCE: Final = N_(
    "UN Statistics Division, Standard country or area codes for statistical use (M49), "
    "by a public copy of June 2024"
)
VERIFIED_AS: Final = SECONDARY
NO_REGION: Final = "none"
NO_COUNTRY: Final = "not-known"
REGIONS: Final = {
    "002": N_("Africa"),
    "019": N_("Americas"),
    "142": N_("Asia"),
    "150": N_("Europe"),
    "009": N_("Oceania"),
    NO_REGION: N_("No region in M49"),
    NO_COUNTRY: N_("Country not known"),
}
COUNTRIES: Final = {
    "002": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY "
        "MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA "
        "ZM ZW"
    ),
    "019": (
        "AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT "
        "GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
    ),
    "142": (
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM "
        "MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR UZ VN YE"
    ),
    "150": (
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI "
        "LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA"
    ),
    "009": (
        "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"
    ),
}
REGION_OF: Final = {code: key for key, codes in COUNTRIES.items() for code in codes.split()}


def region_of(country: str) -> str:
    """The region of a country by its ISO code; a country may have none, or not be known."""
    return REGION_OF.get(country, NO_REGION) if country else NO_COUNTRY
