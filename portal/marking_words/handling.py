"""Other schemes of handling than TLP and PAP, words that restrict, and names of fields that do.

None of them is understood; each is a restriction, so that a person has to choose.
"""

import re
from typing import Final

from portal.marking_words.spelling import folded, speaks_of_pap, speaks_of_tlp

SCHEMES: Final = (
    r"(?:dni-ism|de-vs|vs|fr-classif|nato|iep2?(?:-\w+)?|cssa|acs|ais(?:[-_]\w+)?|us-?ism|isa|cui"
    r"|eu-?ci|rel(?:easable)?|audience|disclosure|recipients?|only|shared[-_ ]?with"
    r"|(?:data|information|document|security|protective)?[-_ ]?(?:classification|handling|marking"
    r"|sharing|dissemination|distribution|releasability|release|caveats?|sensitivity"
    r"|confidentiality)(?:[-_ ]\w+)?"
    r"|chr|chatham[-_ ]?house(?:[-_ ]rule)?)\s*(?:[:=].*)?"
)
WORDS: Final = (
    r"(?:strictly\s+)?(?:confidential|restricted|secret|top[-_ ]secret|noforn|proprietary|private"
    r"|internal(?:[-_ ]use)?(?:[-_ ]only)?|eyes[-_ ]only|need[-_ ]to[-_ ]know|embargo(?:ed)?"
    r"|(?:do[-_ ])?not[-_ ](?:for[-_ ])?(?:re[-_ ]?)?"
    r"(?:shar\w+|distribut\w+|releas\w+|publish\w*|forward\w*|public\w*)"
    r"|for[-_ ]official[-_ ]use[-_ ]only|fouo|limdis)\b.*"
)
PHRASES: Final = (
    r"(?:[a-z0-9]+[-_ ]{1,3}){1,3}(?:confidential|restricted|secret|classified|proprietary"
    r"|privileged)\b.*|classified|(?:legal(?:ly)?[-_ ])?privileged?\b.*"
    r"|(?:attorney|solicitor|lawyer)[-_ ].*"
    r"|commercial[-_ ]in[-_ ]confidence|in[-_ ](?:strict[-_ ])?confidence|(?:under[-_ ])?nda"
    r"|for[-_ ]internal[-_ ]use.*|only[-_ ]for[-_ ].*|un(?:shar|releas|publish)e?able"
    r"|(?:do)?(?:no|non|not)(?:re)?(?:shar|distribut|releas|forward|publi|disclos)\w+|unpublished"
    r"|(?:named|intended|listed)[-_ ](?:recipients?|addressees?|people|persons?|members?)\b.*"
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
    r"(?:noforn|orcon|relido|fouo|sbu|les|propin|limdis|limite|nofory|cui|restreint|fvey)\b.*"
    r"|(?:five|nine|fourteen|5|9|14)[-_ ]?eyes\b.*|(?:ts|[scr])-ue(?:/eu-(?:ts|[scr]))?"
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
    "vertraulich", "geheim", "vs-nfd", "verschlusssache", "dienstgebrauch",
    "nur fur den dienstgebrauch", "nur fur den internen gebrauch", "intern", "nur intern",
    "interner gebrauch", "confidentiel", "restreint", "diffusion restreinte", "diffusion limitee",
    "diffusion interdite", "usage interne", "a usage interne", "interne", "confidencial",
    "reservado", "secreto", "difusion limitada", "uso interno", "interno", "riservato",
    "riservatissimo", "segreto", "confidenziale", "vertrouwelijk", "geheim", "intern gebruik",
    "poufne", "tajne", "zastrzezone", "duverne", "vyhrazene", "tajne", "hemlig", "konfidentiellt",
    "fortrolig", "luottamuksellinen", "salainen", "bizalmas", "titkos", "gizli", "hizmete ozel",
    "εμπιστευτικο", "απορρητο", "конфиденциально", "секретно", "дсп",
    "для служебного пользования", "для внутреннего пользования", "таємно", "конфіденційно",
    "для службового користування", "سري", "سري للغاية", "חסוי", "סודי",
    "机密", "機密", "秘密", "绝密", "極秘", "内部", "内部资料", "仅限内部", "非公开", "非公開",
    "社外秘", "社内限", "関係者限り", "대외비", "기밀", "비밀",
)  # fmt: skip
# What may stand before such a word (`streng vertraulich`); what stands behind has a sign between.
STRESS: Final = r"(?:(?:streng|strikt|strictement|estrictamente|strettamente|tres|muy|molto|top) )?"
FOREIGN: Final = (
    rf"{STRESS}(?:{'|'.join(re.escape(folded(word)) for word in dict.fromkeys(ELSEWHERE))})"
    r"(?:\s*[!.:;,(].*|\s+[–-].*)?"
)
HANDLING: Final = re.compile(
    "|".join((SCHEMES, WORDS, PHRASES, BANNERS, FOREIGN)),
    re.DOTALL,
)
# A machine tag (`thales_group:distribution="team_eyes_only"`): its namespace, predicate, and value.
MACHINE: Final = re.compile(r"([^:=]+):([^=]+?)(?:=[\"']?(.*?)[\"']?)?", re.DOTALL)
# Namespaces and predicates that say who may read, in whichever scheme: what is not of one is not.
NAMESPACE: Final = re.compile(
    r"marking|handling|releasab|shareab|disseminat|caveat|sharing[-_ ]polic"
)
PREDICATE: Final = re.compile(
    r"(?:[a-z0-9]+[-_ :])?(?:\w*markings?|handling|sharing|shareability"
    r"|sharing[-_ ](?:class|level|polic|group|restriction|scope)\w*"
    r"|disseminat\w+|distribution|releasab\w+|caveats?|clearance|recipients?"
    r"|sensitivity|sensitivity[-_ ]\w+|confidentiality|need[-_ ]to[-_ ]know)"
    r"|(?:should|must|do|may)[-_ ]not[-_ ].*"
)
# Where `distribution` is how something harmful is spread.
OF_HARM: Final = frozenset({"gsma-fraud", "phishing"})
VALUE: Final = re.compile(
    r"(?:[a-z0-9]+[-_ ])*eyes[-_ ]only|limited[-_ ](?:distribution|sharing|circulation|release)"
    r"|(?:do[-_ ])?(?:not?|non)[-_ ](?:for[-_ ])?(?:re[-_ ]?)?(?:shar|distribut|releas|forward"
    r"|publi|disclos)\w*|noforn|strictly[-_ ].*|need[-_ ]to[-_ ]know"
    r"|internal[-_ ]use(?:[-_ ]only)?|embargo(?:ed)?"
)
# Names of fields of a producer's own, and heads of tables, that say who may read a row.
SPEAKING: Final = re.compile(
    r"(?:^|[^a-z])(?:tlp|pap|acs|ais|acl|only)(?:[^a-z]|$)|tlp|marking|handling|classification"
    r"|sharing|dissemination|distribution|releasab|restrict|confidential(?!ity)|secret|embargo"
    r"|security[-_ ]?label|sensitivity|protective"
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
    return bool(banner or HANDLING.fullmatch(low)) or _is_of_a_scheme(low)


def _is_of_a_scheme(low: str) -> bool:
    """Whether a machine tag is of a scheme of handling, whoever made it."""
    parts = MACHINE.fullmatch(low)
    if parts is None:
        return False
    space, predicate, value = parts.groups(default="")
    says_who = PREDICATE.fullmatch(predicate) is not None and space not in OF_HARM
    return bool(says_who or NAMESPACE.search(space) or VALUE.fullmatch(value))


def restricts(text: str) -> bool:
    """Whether a tag says anything of who may read or use what it stands at, in any spelling."""
    return speaks_of_tlp(text) or speaks_of_pap(text) or speaks_of_handling(text)


def names_a_restriction(name: str) -> bool:
    """Whether a field of this name, or a column with this head, says who may read the rest."""
    return SPEAKING.search(name) is not None
