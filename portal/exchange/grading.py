"""How grave, whether it goes on, and which report: as machine tags and as levels of other formats.

STIX 2.1 and MISP have no field for them that means the same. So they leave as tags of our own
(`good-offices:severity="high"`), and are read from these, from the severity of the impact after the
NIS taxonomies of MISP, and from MISP's level of analysis. MISP's threat level is the skill of an
attacker, not the gravity of an incident, and is not read.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from portal.notices import UNSAID_OR

TAG: Final = re.compile(r'good-offices:(severity|course|stage)="([a-z]{1,16})"')
# The impact scales of the NIS Cooperation Group (taxonomies nis and nis2): none for moderate.
IMPACT: Final = {"white": "none", "green": "low", "yellow": "high", "red": "critical"}
IMPACT_TAG: Final = re.compile(r'nis2?:impact-severity="([a-z]{1,16})"')
# MISP core format: analysis is initial, ongoing or complete.
ANALYSIS: Final = {"0": "early", "1": "update", "2": "final"}


def graded(tags: Iterable[str]) -> dict[str, Any]:
    """What tags say of severity, course and stage; what two tags say differently is not stated."""
    found: dict[str, set[str]] = {}
    for tag in tags:
        if match := TAG.fullmatch(tag):
            found.setdefault(match.group(1), set()).add(match.group(2))
        elif (match := IMPACT_TAG.fullmatch(tag)) and match.group(1) in IMPACT:
            found.setdefault("severity", set()).add(IMPACT[match.group(1)])
    return {
        name: words.pop()
        for name, words in found.items()
        if len(words) == 1 and words <= set(UNSAID_OR[name])
    }


def stage_of_analysis(value: object) -> dict[str, Any]:
    """The stage that MISP's level of analysis means; nothing where there is none."""
    stage = ANALYSIS.get(str(value)) if isinstance(value, str | int) else None
    return {"stage": stage} if stage else {}


def tags_of(notice: Any) -> list[str]:
    """The tags of our own that say what is stated of a notice."""
    said = ((name, getattr(notice, name)) for name in UNSAID_OR)
    return [f'good-offices:{name}="{value}"' for name, value in said if value]


def is_ours(tag: str) -> bool:
    """Whether a tag is one that the notice's own fields say."""
    return TAG.fullmatch(tag) is not None
