"""Each icon that a template names is copied, and none that no template names."""

import re

from tests.architecture.files import ROOT
from tools.vendor_assets import ICONS, icons

NAMED = re.compile(r"go-icon-([a-z0-9-]+)")


def test_icons_in_use_are_those_that_are_copied() -> None:
    templates = (path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    assert sorted({name for text in templates for name in NAMED.findall(text)}) == sorted(ICONS)
    assert len(set(ICONS)) == len(ICONS)


def test_each_is_a_shape_of_its_own() -> None:
    rules = icons().decode().splitlines()
    assert [NAMED.findall(rule)[0] for rule in rules] == list(ICONS)
    assert all('url("data:image/svg+xml,' in rule for rule in rules)
