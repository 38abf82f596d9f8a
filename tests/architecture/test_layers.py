"""The import contracts know every module, and docs/architecture.md draws their layers."""

import tomllib

from tests.architecture.files import ROOT, python_files, short

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = [
    [module.strip() for module in layer.split("|")]
    for contract in CONTRACTS["contracts"]
    if contract["type"] == "layers"
    for layer in contract["layers"]
]
LIFECYCLE = ("portal.web", "portal.oidc")


def modules() -> set[str]:
    """Every module or package right inside portal, and every blueprint, as on disk."""
    found = set()
    for path in python_files("portal", "blueprints"):
        parts = short(path).removesuffix(".py").split("/")
        if len(parts) > 1 and parts[1] not in ("__init__", "__main__"):
            found.add(".".join(parts[:2]))
    return found


def test_every_module_of_portal_has_its_layer() -> None:
    placed = {module for layer in LAYERS for module in layer}
    assert {module for module in modules() if module.startswith("portal.")} == placed - {
        "blueprints",
        "models",
    }


def test_flask_is_forbidden_on_every_layer_below_the_request_lifecycle() -> None:
    lowest = max(n for n, layer in enumerate(LAYERS) if set(layer) & set(LIFECYCLE))
    below = {module for layer in LAYERS[lowest + 1 :] for module in layer}
    contract = next(c for c in CONTRACTS["contracts"] if "flask" in c.get("forbidden_modules", ()))
    assert contract["source_modules"] == ["models", "portal.*"], "whatever is added is held too"
    may = {line.partition(" -> ")[0].removesuffix(".*") for line in contract["ignore_imports"]}
    assert may & below == set()
    assert all(line.endswith(" -> *") for line in contract["ignore_imports"])
    assert may - {"portal.__main__"} <= modules(), "every module that may is there, and is named"


def test_no_blueprint_and_no_service_of_a_noun_may_import_its_neighbour() -> None:
    (apart,) = (c for c in CONTRACTS["contracts"] if c["type"] == "independence")
    assert apart["modules"] == ["blueprints.*"], "whatever is added stays apart too"
    # What several forms share.
    shared = {
        f"blueprints.{name}"
        for name in (
            "audience_forms",
            "carried_files",
            "choices",
            "drafting",
            "following",
            "list_fields",
            "list_pages",
            "lists",
            "meanwhile",
            "norm_links",
            "numbers",
            "on_behalf",
            "requirement_forms",
            "selecting",
            "pdf_files",
            "picture_files",
            "precaution_forms",
            "spread_pictures",
            "zones",
        )
    }
    assert {line.partition(" -> ")[2] for line in apart["ignore_imports"]} == shared
    # Modules of one layer stay apart (`|`); those of nouns are on one.
    layers = next(c["layers"] for c in CONTRACTS["contracts"] if c["type"] == "layers")
    assert not [layer for layer in layers if ":" in layer]
    services = next(set(layer) for layer in LAYERS if "portal.notices" in layer)
    assert {"portal.commitments", "portal.dialogues", "portal.records"} < services


def test_the_architecture_page_draws_every_layer_in_its_order() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    picture = page.split("## Layers")[1].split("```")[1]
    places = [max(picture.find(f"{module}") for module in layer) for layer in LAYERS]
    missing = [module for layer in LAYERS for module in layer if module not in picture]
    assert not missing
    assert places == sorted(places)
