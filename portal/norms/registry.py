"""All frameworks and norms by key, and how they are found."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from portal.norms.civilian_hackers import CIVILIAN_HACKERS, ICRC
from portal.norms.intrusion_tools import CODE_FOR_STATES, PALL_MALL
from portal.norms.osce_measures import OSCE, OSCE_MEASURES
from portal.norms.paris_call import PARIS, PARIS_CALL
from portal.norms.pledges import ACCORD, CHARTER, CHARTER_OF_TRUST, TECH_ACCORD
from portal.norms.red_cross_resolution import CONFERENCE, RESOLUTION_2
from portal.norms.shapes import Framework, Norm
from portal.norms.un_measures import GLOBAL_MEASURES, UN_CBM
from portal.norms.un_norms import UN, UN_NORMS

FRAMEWORKS: Final[dict[str, Framework]] = {
    framework.key: framework
    for framework in (UN, PARIS, ACCORD, CHARTER, UN_CBM, OSCE, ICRC, CONFERENCE, PALL_MALL)
}
NORMS: Final[dict[str, Norm]] = {
    norm.key: norm
    for family in (
        UN_NORMS,
        PARIS_CALL,
        TECH_ACCORD,
        CHARTER_OF_TRUST,
        GLOBAL_MEASURES,
        OSCE_MEASURES,
        CIVILIAN_HACKERS,
        RESOLUTION_2,
        CODE_FOR_STATES,
    )
    for norm in family
}
SHORT: Final = {
    UN.key: "UN norm",
    PARIS.key: "Paris Call",
    ACCORD.key: "Tech Accord",
    CHARTER.key: "Charter of Trust",
    UN_CBM.key: "UN CBM",
    OSCE.key: "OSCE CBM",
    ICRC.key: "ICRC rule",
    CONFERENCE.key: "Resolution 2",
    PALL_MALL.key: "Pall Mall",
}
WORD = re.compile(r"[^\W_]+")
Found = tuple[tuple[Framework, tuple[Norm, ...]], ...]


def in_framework(key: str) -> tuple[Norm, ...]:
    """The norms of a framework in their order; none where the key is not known."""
    return tuple(norm for norm in NORMS.values() if norm.framework == key)


def label(key: str) -> str:
    """A norm's short name for tags and columns, such as `UN norm f`: alike in every language."""
    norm = NORMS[key]
    return f"{SHORT[norm.framework]} {norm.number}"


def find(
    asked: str, framework: str = "", topic: str = "", *, shown: Callable[[str], str] = str
) -> Found:
    """The frameworks with those of their norms that fit; empty narrows nothing.

    Words are beginnings of words of what the reader sees, which `shown` says in their language.
    Whoever types a label or its end (`UN norm f`, `norm f`, `CBM 8`) gets what is called so.
    """
    words = _words(asked)
    chosen = [
        norm
        for norm in NORMS.values()
        if framework in ("", norm.framework) and topic in ("", norm.topic)
    ]
    if words:
        called = [norm for norm in chosen if _words(label(norm.key))[-len(words) :] == words]
        chosen = called or [norm for norm in chosen if _holds(norm, words, shown)]
    groups = (
        (home, tuple(norm for norm in chosen if norm.framework == home.key))
        for home in FRAMEWORKS.values()
    )
    return tuple((home, norms) for home, norms in groups if norms)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def _holds(norm: Norm, words: list[str], shown: Callable[[str], str]) -> bool:
    # Not the topic: its words would bring all of its norms, and it can be chosen by itself.
    more = (norm.for_companies, *(point.text for point in norm.guidance))
    said = (norm.title, norm.text, *(text for text in more if text))
    seen = (*(shown(text) for text in said), label(norm.key), norm.symbol)
    there = _words(" ".join(seen))
    return all(any(word.startswith(begun) for word in there) for begun in words)
