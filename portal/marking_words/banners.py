"""Banners: lines of a text that are nothing but words of confidentiality, at its head or foot.

Prose may speak of what is confidential ("confidential data leaked"), and says nothing of itself by
that. A line of its own, such as `*** STRICTLY CONFIDENTIAL ***` or `Classification: Restricted`,
is how people mark a document that knows no TLP.
"""

import re
from collections.abc import Iterator
from typing import Final

from portal.marking_words.handling import FOREIGN, speaks_of_handling
from portal.marking_words.spelling import folded, marking_on, plain_tlp

LONGEST: Final = 120  # characters; what is longer is a sentence
KEPT: Final = r"(?:confidential|restricted|secret|proprietary|private|privileged|sensitive)"
DONE: Final = (
    r"(?:re)?(?:distribut|shar|releas|publi|circulat|disclos|disseminat|forward|cop[iy])\w*"
)
BEYOND: Final = (
    r"(?: (?:further|externally|publicly|outside|beyond|without|with (?:third|others|any)|to the p"
    rf"|or {DONE}|this (?:document|report|e-?mail|message|information|notice|advisory))\b.*)?"
)
ANY: Final = r"(?:further |public |general |external |wider |onward |any )?"
PHRASES: Final = (
    rf"(?:(?:strictly|highly|very|commercial(?:ly)?|company|business|{KEPT})"
    rf"(?: and| &|,| /)? ){{1,3}}{KEPT}",
    r"top[ -]secret",
    r"(?:confidential|restricted|limited|internal) (?:distribution|circulation|release|sharing)",
    rf"(?:not|never) (?:for|to be) {ANY}{DONE}{BEYOND}",
    rf"(?:please )?do not {ANY}{DONE}{BEYOND}",
    rf"no {ANY}{DONE}",
    r"for (?:internal|official|company|staff|limited) (?:use|distribution|circulation)(?: only)?",
    r"(?:internal|official|company)(?: use)? only|for official use only",
    r"for (?:the )?(?:named |intended )?(?:recipients?|addressees?|members?)(?: only)?",
    r"(?:recipients?|addressees?|members?|(?:for )?(?:your )?eyes|named people) only",
    r"(?:on a )?need[ -]to[ -]know(?: basis)?(?: only)?|off the record|under (?:nda|embargo)",
    r"(?:nato|eu|ue) (?:restricted|confidential|secret)(?: .*)?|restreint ue(?: .*)?|rel to .*",
    r"official *:? *sensitive(?: .*)?|(?:trusted )?(?:partners?|customers?|clients?|staff) only",
    r"level \d (?:[a-z]+ )?(?:confidential|restricted|secret)|for (?:partners|customers) only",
    r"(?:commercial )?in (?:strict )?confidence|embargo(?:ed)?(?: (?:until|till|to) .*)?",
    r"(?:under (?:the )?)?chatham house rules?|(?:attorney[ -]client|legal(?:ly)?) privileged?",
    r"(?:[a-z]{1,12}(?:[ -][a-z]{1,12})?)?(?://[a-z]{1,12}(?:(?:[ ,-]{1,2}|/(?!/))[a-z]{1,12})*)+",
)
# One word alone: it may also be an entry of a list, or an answer.
WORD: Final = re.compile(
    "|".join(
        (
            r"confidential|restricted|secret|classified|noforn|fouo|embargoed|limite|cui|fvey",
            FOREIGN,
        )
    )
)
# Such words mean so much else that they need capitals.
LOUD: Final = re.compile(r"internal|private|proprietary|sensitive|privileged|protected|official")
PHRASE: Final = re.compile("|".join(PHRASES))
# The parts of banners of governments, of which one has to be there.
PARTED: Final = re.compile(
    r"secret|confidential|restricted|noforn|orcon|relido|fouo|cui|sbu|limdis"
)
LABEL: Final = re.compile(
    r"(?:(?:security|data|document|information|protective) )?(?:classification|marking|handling"
    r"|distribution|dissemination|sensitivity|confidentiality|caveats?|status)(?: level)?"
    r" ?[:=-] ?(.+)"
)
APART: Final = re.compile(r"[ _-]+")
ENTRY: Final = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)])\s+")
AROUND: Final = " \t>#*_=~|[](){}<>«»\"'`“”-–—•+!.:;"
IN_FRONT: Final = re.compile(r"\s*[\[(]([^\])]{2,60})[\])]")


def banners_in(text: str) -> Iterator[str]:
    """The lines of a text that are nothing but a banner, as they stand."""
    lines = [line for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines):
        if len(line) <= LONGEST and _is_banner(line, outer=place in (0, len(lines) - 1)):
            yield line


def markings_in(text: str) -> Iterator[tuple[str, str]]:
    """The lines that are nothing but a marking which is not read: `tlp` or `pap`, and the line."""
    return ((sort, line) for line in text.splitlines() if (sort := marking_on(line)))


def banner_before(title: str) -> str:
    """The banner in brackets before a title (`[CONFIDENTIAL] Wiper`); empty where there is none.

    What stands in brackets there is a tag, and one of a colour alone can only be a marking.
    """
    match = IN_FRONT.match(title)
    word = match.group(1) if match else ""
    says = _is_banner, speaks_of_handling, plain_tlp, marking_on
    return word if word and any(one(word) for one in says) else ""


def _is_banner(line: str, outer: bool = True) -> bool:
    bare = " ".join(line.strip(AROUND).split())
    low = folded(bare)
    label = LABEL.fullmatch(low)
    if label:
        said = label.group(1).strip(AROUND)
        return bool(WORD.fullmatch(said) or LOUD.fullmatch(said) or _is_phrase(said))
    if _is_phrase(low) or _is_phrase(APART.sub(" ", low)):
        return True
    loud = bare == bare.upper()
    # An entry of a list has a sign before it, and none behind.
    entry = ENTRY.match(line) is not None and line.rstrip()[-1:] not in "*-–_="
    if WORD.fullmatch(low):
        return (outer or loud) and not (entry and not loud)
    return loud and outer and not entry and LOUD.fullmatch(low) is not None


def _is_phrase(low: str) -> bool:
    if PHRASE.fullmatch(low) is None:
        return False
    return "//" not in low or PARTED.search(low) is not None
