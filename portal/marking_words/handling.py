"""Other schemes of handling than TLP and PAP, words that restrict, and names of fields that do.

None of them is understood; each is a restriction, so that a person has to choose.
"""

import re
from typing import Final

from portal.marking_words.spelling import folded, speaks_of_pap, speaks_of_tlp

SCHEMES: Final = (
    r"(?:dni-ism|de-vs|vs|fr-classif|nato|iep2?(?:-\w+)?|cssa|acs|ais(?:[-_]\w+)?|us-?ism|cui|eu-?ci"
    r"|rel(?:easable)?|audience|disclosure|recipients?"
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
    r"(?:[a-z]+[-_ ]){1,3}(?:confidential|restricted|secret|classified|proprietary|privileged)\b.*"
    r"|classified|(?:legal(?:ly)?[-_ ])?privileged?\b.*|(?:attorney|solicitor|lawyer)[-_ ].*"
    r"|commercial[-_ ]in[-_ ]confidence|in[-_ ](?:strict[-_ ])?confidence|(?:under[-_ ])?nda"
    r"|for[-_ ]internal[-_ ]use.*|only[-_ ]for[-_ ].*|un(?:shar|releas|publish)e?able"
    r"|(?:no|non|not)[-_ ](?:to[-_ ]be[-_ ])?(?:re[-_ ]?)?"
    r"(?:shar\w+|distribut\w+|releas\w+|forward\w*|publi\w+|disclos\w+|attribut\w+)"
    r"|(?:do[-_ ])?not[-_ ]disclose\b.*|off[-_ ]the[-_ ]record|.*[-_ ]only"
    r"|(?:limited|restricted)[-_ ](?:shar\w+|distribut\w+|releas\w+|circulation|disclos\w+)"
    r"|need[-_ ]?(?:to|2)[-_ ]?know|(?:strictly[-_ ])?for[-_ ](?:the[-_ ])?(?:members?|recipients?"
    r"|addressees?|partners?|customers?|clients?|subscribers?|staff)\b.*|strictly[-_ ]personal"
    r"|closed[-_ ](?:group|circle|community|users?[-_ ]group)|releasable[-_ ].*"
)
# Words of the banners of governments and of the European Union.
BANNERS: Final = (
    r"(?:noforn|orcon|relido|fouo|sbu|les|propin|limdis|limite|nofory|cui|restreint)\b.*"
    r"|rel[-_ ]to[-_ ].*|controlled[-_ ]unclassified.*|law[-_ ]enforcement[-_ ]sensitive|official"
    r"|(?:highly[-_ ]|very[-_ ]|commercially[-_ ]|business[-_ ]|official[-_: ]{1,3})?sensitive"
    r"(?:[-_ ]but[-_ ]unclassified)?|protected(?:[-_: ][a-c])?|tres[-_ ]secret.*"
)
# Such a banner with its parts (`//SECRET//NOFORN`, `U//FOUO`); an address has a colon before.
PARTED: Final = re.compile(
    r"secret|confidential|restricted|noforn|orcon|relido|fouo|cui|rel|les|sbu|sp-|propin"
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
    "|".join((SCHEMES, WORDS, PHRASES, BANNERS, *(re.escape(folded(word)) for word in ELSEWHERE))),
    re.DOTALL,
)
# Names of fields of a producer's own, and heads of tables, that say who may read a row.
SPEAKING: Final = re.compile(
    r"(?:^|[^a-z])(?:tlp|pap|acs|ais|acl|only)(?:[^a-z]|$)|tlp|marking|handling|classification"
    r"|sharing|dissemination|distribution|releasab|restrict|confidential(?!ity)|secret|embargo"
    r"|granted|authori[sz]ed[-_ ]?(?:member|user|group|organi[sz]ation)|audience|visibility"
    r"|clearance|caveat|need[-_ ]?to[-_ ]?know|disclos|privacy|recipients"
    r"|(?:^|[-_ ])access(?:[-_ ]?(?:level|control|rights?|lists?|for|by))?$|permissions$",
    re.IGNORECASE,
)


def speaks_of_handling(text: str) -> bool:
    """Whether a tag names another scheme of handling, or restricts in a word."""
    low = folded(text[:255]).strip()
    head, parted, _rest = low.partition("//")
    banner = bool(parted) and not head.endswith(":") and PARTED.search(low)
    return bool(banner or HANDLING.fullmatch(low))


def restricts(text: str) -> bool:
    """Whether a tag says anything of who may read or use what it stands at, in any spelling."""
    return speaks_of_tlp(text) or speaks_of_pap(text) or speaks_of_handling(text)


def names_a_restriction(name: str) -> bool:
    """Whether a field of this name, or a column with this head, says who may read the rest."""
    return SPEAKING.search(name) is not None
