"""The units that come with the portal: a file a unit and language, `tlp.en.md`, read at import."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from portal.curriculum.reading import read_unit
from portal.curriculum.shapes import Unit

FOLDER: Final = Path(__file__).parent / "units"
FIRST_LANGUAGE: Final = "en"
# In the order in which they are offered: what everybody meets first stands first.
ORDER: Final = (
    "tlp",
    "chatham-house",
    "phishing",
    "travel",
    "social-media",
    "recording",
    "first-hour",
    "spread",
)


def _read(key: str) -> Mapping[str, Unit]:
    found = {path.suffixes[0].removeprefix("."): path for path in FOLDER.glob(f"{key}.*.md")}
    return MappingProxyType(
        {
            language: read_unit(path.read_text(encoding="utf-8"), key, language)
            for language, path in sorted(found.items())
        }
    )


# By key, then by language; each is there in English.
SHIPPED: Final[Mapping[str, Mapping[str, Unit]]] = MappingProxyType(
    {key: _read(key) for key in ORDER}
)


def shipped(key: str, language: str) -> Unit | None:
    """The unit of this key, in English where it is not there in the language."""
    found = SHIPPED.get(key, {})
    return found.get(language) or found.get(FIRST_LANGUAGE)


def shipped_in(language: str) -> tuple[Unit, ...]:
    """Every unit that comes with the portal, in their order."""
    return tuple(unit for key in ORDER if (unit := shipped(key, language)) is not None)
