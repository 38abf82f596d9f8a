"""What people call their browsers."""

from typing import Final

from portal.language import gettext

# What browsers call themselves: each also names those before whose kind it is.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser(agent: str) -> str:
    """A browser and its system as people call them; its own words if unknown."""
    name = next((name for mark, name in BROWSERS if mark in agent), None)
    system = next((system for mark, system in SYSTEMS if mark in agent), None)
    if name and system:
        return gettext("%(browser)s on %(system)s", browser=name, system=system)
    return name or agent or gettext("Unknown browser")
