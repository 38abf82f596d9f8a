"""Other schemes of handling than TLP and PAP, and words that restrict by themselves.

None of them is understood; each is a restriction, so that a person has to choose.
"""

import re
from typing import Final

from portal.exchange.words import folded

SCHEMES: Final = (
    r"(?:dni-ism|de-vs|vs|fr-classif|nato|iep2?(?:-\w+)?|cssa|acs|ais(?:[-_]\w+)?|us-?ism|cui|eu-?ci"
    r"|(?:data|information|document|security)?[-_ ]?(?:classification|handling|marking|sharing"
    r"|dissemination|distribution|releasability|release|caveats?)(?:[-_ ]\w+)?"
    r"|chatham[-_ ]?house(?:[-_ ]rule)?)\s*(?:[:=].*)?"
)
WORDS: Final = (
    r"(?:strictly\s+)?(?:confidential|restricted|secret|top[-_ ]secret|noforn|proprietary|private"
    r"|internal(?:[-_ ]use)?(?:[-_ ]only)?|eyes[-_ ]only|need[-_ ]to[-_ ]know|embargo(?:ed)?"
    r"|(?:do[-_ ])?not[-_ ](?:for[-_ ])?(?:re[-_ ]?)?"
    r"(?:shar\w+|distribut\w+|releas\w+|publish\w*|forward\w*|public\w*)"
    r"|for[-_ ]official[-_ ]use[-_ ]only|fouo|limdis)\b.*"
)
PHRASES: Final = (
    r"(?:[a-z]+[-_ ]){1,3}confidential|commercial[-_ ]in[-_ ]confidence|(?:under[-_ ])?nda"
    r"|for[-_ ]internal[-_ ]use.*|only[-_ ]for[-_ ].*|un(?:shar|releas|publish)e?able"
    r"|no[-_ ](?:re[-_ ]?)?(?:shar\w+|distribut\w+|releas\w+|forward\w*|publi\w+)"
    r"|(?:limited|restricted)[-_ ](?:shar\w+|distribut\w+|releas\w+|circulation)"
    r"|(?:members?|recipients?|partners?|staff|le|law[-_ ]enforcement|government|certs?|csirts?"
    r"|community|group|organi[sz]ation)[-_ ]only"
)
# The words of other languages for what is confidential, secret, or for internal use.
ELSEWHERE: Final = (
    "vertraulich", "streng vertraulich", "geheim", "streng geheim", "vs-nfd", "verschlusssache",
    "nur fur den dienstgebrauch", "confidentiel", "restreint", "diffusion restreinte",
    "diffusion limitee", "diffusion interdite", "confidencial", "reservado", "secreto",
    "difusion limitada", "riservato", "riservatissimo", "segreto", "vertrouwelijk", "poufne",
    "tajne", "hemlig", "luottamuksellinen", "конфиденциально", "секретно", "дсп",
    "для служебного пользования", "таємно",
    "机密", "機密", "秘密", "绝密", "極秘", "内部", "社外秘",
)  # fmt: skip
HANDLING: Final = re.compile(
    "|".join((SCHEMES, WORDS, PHRASES, *(re.escape(folded(word)) for word in ELSEWHERE))),
    re.DOTALL,
)


def speaks_of_handling(text: str) -> bool:
    """Whether a tag names another scheme of handling, or restricts in a word."""
    return bool(HANDLING.fullmatch(folded(text[:255]).strip()))
