"""The import contracts know every room, and docs/house.md draws the stairs that they hold."""

import tomllib

from tests.architecture.files import ROOT, python_files, short

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
FLOORS = [
    [room.strip() for room in floor.split("|")]
    for contract in CONTRACTS["contracts"]
    if contract["type"] == "layers"
    for floor in contract["layers"]
]
HALL = ("portal.web", "portal.oidc")


def rooms() -> set[str]:
    """Every module or package right inside portal, and every blueprint, as on disk."""
    found = set()
    for path in python_files("portal", "blueprints"):
        parts = short(path).removesuffix(".py").split("/")
        if len(parts) > 1 and parts[1] not in ("__init__", "__main__"):
            found.add(".".join(parts[:2]))
    return found


def test_every_room_of_portal_has_its_floor() -> None:
    placed = {room for floor in FLOORS for room in floor}
    assert {room for room in rooms() if room.startswith("portal.")} == placed - {
        "blueprints",
        "models",
    }


def test_flask_is_forbidden_on_every_floor_below_the_hall() -> None:
    lowest = max(n for n, floor in enumerate(FLOORS) if set(floor) & set(HALL))
    below = {room for floor in FLOORS[lowest + 1 :] for room in floor}
    contract = next(c for c in CONTRACTS["contracts"] if "flask" in c.get("forbidden_modules", ()))
    assert contract["source_modules"] == ["models", "portal.*"], "whatever is added is held too"
    may = {line.partition(" -> ")[0].removesuffix(".*") for line in contract["ignore_imports"]}
    assert may & below == set()
    assert all(line.endswith(" -> *") for line in contract["ignore_imports"])
    assert may - {"portal.__main__"} <= rooms(), "every module that may is there, and is named"


def test_no_blueprint_and_no_service_of_a_noun_may_import_its_neighbour() -> None:
    (apart,) = (c for c in CONTRACTS["contracts"] if c["type"] == "independence")
    assert apart["modules"] == ["blueprints.*"], "whatever is added stays apart too"
    # What several forms share; no room.
    shared = {f"blueprints.{name}" for name in ("choices", "papers", "readers", "tags")}
    assert {line.partition(" -> ")[2] for line in apart["ignore_imports"]} == shared
    # Rooms of one floor stay apart (`|`); those of nouns are on one.
    floors = next(c["layers"] for c in CONTRACTS["contracts"] if c["type"] == "layers")
    assert not [floor for floor in floors if ":" in floor]
    desks = next(set(floor) for floor in FLOORS if "portal.notices" in floor)
    assert {"portal.commitments", "portal.dialogues", "portal.records"} < desks


def test_the_system_page_draws_every_floor_in_its_order() -> None:
    page = (ROOT / "docs" / "house.md").read_text()
    picture = page.split("## The stairs")[1].split("```")[1]
    places = [max(picture.find(f"{room}") for room in floor) for floor in FLOORS]
    missing = [room for floor in FLOORS for room in floor if room not in picture]
    assert not missing
    assert places == sorted(places)
