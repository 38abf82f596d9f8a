"""The file of a scenario as a scenario: TOML between two lines of `+++`, then Markdown.

What is not exactly as it should be raises ScenarioFault with the place, as with units of training.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from models.exercises import InjectKind
from portal.scenarios.shapes import Planned, Scenario

FRONT: Final = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
FIELDS: Final = {
    "title": str,
    "summary": str,
    "minutes": int,
    "parties": list,
    "aims": list,
    "guide": str,
    "injects": list,
}
OF_INJECT: Final = {"kind": str, "title": str, "body": str, "to": list}
KINDS: Final = frozenset(map(str, InjectKind))


class ScenarioFault(Exception):
    """The file of a scenario is not as it should be; says which and where."""


def read_scenario(text: str, key: str, language: str) -> Scenario:
    """The scenario of a file; raises ScenarioFault."""
    parts = FRONT.match(text)
    if parts is None:
        raise ScenarioFault(f"{key}: no front matter between lines of +++")
    try:
        front = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as fault:
        raise ScenarioFault(f"{key}: {fault}") from fault
    _check(key, "front matter", front, FIELDS)
    if not parts[2].strip():
        raise ScenarioFault(f"{key}: no situation")
    return Scenario(
        key=key,
        language=language,
        title=front["title"],
        summary=front["summary"],
        minutes=front["minutes"],
        parties=tuple(front["parties"]),
        aims=tuple(front["aims"]),
        guide=front["guide"],
        injects=tuple(_inject(key, n, front, said) for n, said in enumerate(front["injects"], 1)),
        body=parts[2].strip(),
    )


def _inject(key: str, number: int, front: dict[str, Any], said: Any) -> Planned:
    place = f"inject {number}"
    minute = said.pop("minute", None) if isinstance(said, dict) else None
    _check(key, place, said, OF_INJECT)
    if said["kind"] not in KINDS:
        raise ScenarioFault(f"{key}: {place}: {said['kind']} is no kind of inject")
    if minute is not None and (type(minute) is not int or not 0 <= minute <= front["minutes"]):
        raise ScenarioFault(f"{key}: {place}: its minute is outside the exercise")
    if unknown := set(said["to"]) - {*front["parties"], "all"}:
        raise ScenarioFault(f"{key}: {place}: {unknown.pop()} is no party")
    to = () if "all" in said["to"] else tuple(said["to"])
    return Planned(said["kind"], said["title"], said["body"].strip(), minute, to)


def _check(key: str, place: str, found: Any, fields: Mapping[str, Any]) -> None:
    if not isinstance(found, dict) or set(found) != set(fields):
        raise ScenarioFault(f"{key}: {place} needs exactly {', '.join(sorted(fields))}")
    for name, kind in fields.items():
        if type(found[name]) is not kind or found[name] in ("", []):
            raise ScenarioFault(f"{key}: {place}: {name} is empty or not a {kind.__name__}")
