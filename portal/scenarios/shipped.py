"""The scenarios that come with the portal: a file each and language, `wiper.en.md`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from portal.scenarios.reading import read_scenario
from portal.scenarios.shapes import Scenario

FOLDER: Final = Path(__file__).parent / "texts"
FIRST_LANGUAGE: Final = "en"
ORDER: Final = ("wiper", "leak")


def _read(key: str) -> Mapping[str, Scenario]:
    found = {path.suffixes[0].removeprefix("."): path for path in FOLDER.glob(f"{key}.*.md")}
    return MappingProxyType(
        {
            language: read_scenario(path.read_text(encoding="utf-8"), key, language)
            for language, path in sorted(found.items())
        }
    )


# By key, then by language; each is there in English.
SHIPPED: Final[Mapping[str, Mapping[str, Scenario]]] = MappingProxyType(
    {key: _read(key) for key in ORDER}
)


def shipped(key: str, language: str) -> Scenario | None:
    """The scenario of this key, in English where it is not there in the language."""
    found = SHIPPED.get(key, {})
    return found.get(language) or found.get(FIRST_LANGUAGE)


def shipped_in(language: str) -> tuple[Scenario, ...]:
    """Every scenario that comes with the portal, in their order."""
    return tuple(found for key in ORDER if (found := shipped(key, language)) is not None)
