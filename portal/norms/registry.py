"""All frameworks and norms by key, and how they are found."""

import re
import unicodedata
from collections.abc import Callable, Mapping
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
PLEDGES: Final = {key: one for key, one in FRAMEWORKS.items() if one.pledged}
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
# Words by the key of their norm, each after a space: a beginning is found as text.
Index = Mapping[str, str]
Found = tuple[tuple[Framework, tuple[Norm, ...]], ...]


def in_framework(key: str) -> tuple[Norm, ...]:
    """The norms of a framework in their order; none where the key is not known."""
    return tuple(norm for norm in NORMS.values() if norm.framework == key)


def label(key: str) -> str:
    """A norm's short name for tags and columns, such as `UN norm f`: alike in every language."""
    norm = NORMS[key]
    return f"{SHORT[norm.framework]} {norm.number}"


def index(shown: Callable[[str], str] = str) -> Index:
    """The words of each norm in a language, in which `shown` says its texts."""
    return {key: f" {' '.join(words_in(_seen(norm, shown)))}" for key, norm in NORMS.items()}


def find(asked: str, framework: str = "", topic: str = "", *, among: Index) -> Found:
    """The frameworks with those of their norms that fit; empty narrows nothing.

    Words are beginnings of words of what the reader sees: of those `among` which are their
    language's. Whoever types a label or its end (`UN norm f`, `norm f`, `CBM 8`) gets what is
    called so.
    """
    words = words_in(asked)
    chosen = [
        norm
        for norm in NORMS.values()
        if framework in ("", norm.framework) and topic in ("", norm.topic)
    ]
    if words:
        called = [norm for norm in chosen if CALLED[norm.key][-len(words) :] == words]
        begun = [f" {word}" for word in words]
        chosen = called or [
            norm for norm in chosen if all(word in among[norm.key] for word in begun)
        ]
    groups = (
        (home, tuple(norm for norm in chosen if norm.framework == home.key))
        for home in FRAMEWORKS.values()
    )
    return tuple((home, norms) for home, norms in groups if norms)


def words_in(text: str) -> list[str]:
    """The words of a text, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def _seen(norm: Norm, shown: Callable[[str], str]) -> str:
    # Not the topic: its words would bring all of its norms, and it can be chosen by itself.
    more = (norm.for_companies, *(point.text for point in norm.guidance))
    said = (norm.title, norm.text, *(text for text in more if text))
    seen = (*(shown(text) for text in said), label(norm.key), norm.symbol)
    return " ".join(seen)


CALLED: Final = {key: words_in(label(key)) for key in NORMS}
