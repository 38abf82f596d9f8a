"""Of the library's style sheet pages get what they use, and all of what they use."""

import re
from typing import Final

from tests.architecture.files import ROOT
from tools.used_css import Words, of_sources, used
from tools.vendor_assets import FILES

CLASS: Final = re.compile(r"\.((?:[\w-]|\\.)+)")
# What is written in a template as the classes of an element, with nothing put in.
WRITTEN: Final = re.compile(r'\bclass="([^"{}]+)"')


def test_each_class_of_the_library_that_a_template_names_has_its_rules() -> None:
    whole = (ROOT / "node_modules" / FILES["tabler.css"]).read_text()
    kept = next((ROOT / "static" / "vendor").glob("tabler-*.css")).read_text()
    texts = (path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = {name for text in texts for one in WRITTEN.findall(text) for name in one.split()}
    lacking = (named & set(CLASS.findall(whole))) - set(CLASS.findall(kept))
    assert lacking == set(), "run: .venv/bin/python -m tools.vendor_assets"
    assert "btn-primary" in named & set(CLASS.findall(kept))


def test_what_no_page_names_goes_and_all_else_stays() -> None:
    words = Words(['<a class="btn card alert-{{ sort }}">', "dark"])
    sheet = (
        '@charset "UTF-8";:root{--asked:1px;--idle:url("a;b{}c");--of-idle:var(--idle)}'
        ".btn,.badge:not(.card){margin:var(--asked)}a:not(.badge){color:red}"
        ".alert-info{color:blue}.btn .badge{color:red}[data-bs-theme=dark] .btn{color:blue}"
        "@media (width>9px){.badge{color:red}}@media print{.card,:is(.badge,.x){color:red}}"
        "@keyframes turn{to{color:red}}"
    )
    kept = (
        '@charset "UTF-8";:root{--asked:1px;}'
        ".btn{margin:var(--asked)}a:not(.badge){color:red}"
        ".alert-info{color:blue}"
        "@media print{.card,:is(.badge,.x){color:red}}"
        "@keyframes turn{to{color:red}}"
    )
    assert used(sheet, words) == kept


def test_the_sheet_is_whole_and_a_tenth_of_the_library() -> None:
    for name in ("tabler.css", "tabler.rtl.css"):
        whole = (ROOT / "node_modules" / FILES[name]).read_text()
        kept = used(whole, of_sources())
        assert kept.count("{") == kept.count("}")
        assert len(kept) < len(whole) / 5
