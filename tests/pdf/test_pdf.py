"""Paper has its marking on each sheet, and tells the programs of readers what it is."""

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, render_template_string
from jinja2 import TemplateRuntimeError
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from portal.pdf import as_pdf, available

pytestmark = pytest.mark.laid_out

Page = Callable[..., str]
ARABIC, HEBREW = "تم الوفاء بالتعهد", "ההתחייבות קוימה"


def reader(html: str, **notified: str) -> PdfReader:
    data = as_pdf(html, **{"title": "A promise", "language": "en", **notified})
    assert data.startswith(b"%PDF-1.7")
    return PdfReader(BytesIO(data), strict=True)


def texts(pdf: PdfReader) -> list[str]:
    return [page.extract_text() for page in pdf.pages]


def places(sheet: PageObject, mark: str) -> list[tuple[float, float]]:
    """Where these words stand, in pixels (96 to the inch) from the left and from the top."""
    found: list[tuple[float, float]] = []

    def keep(text: str, _matrix: Any, place: list[float], *_font: Any) -> None:
        if mark in text:
            found.append((place[4], place[5]))

    sheet.extract_text(visitor_text=keep)
    return found


def tags(node: Any) -> Iterator[DictionaryObject]:
    """The elements of a PDF's tree of tags, in reading order."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for inner in node:
            yield from tags(inner)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node["/K"])


def tree(pdf: PdfReader) -> list[DictionaryObject]:
    return list(tags(pdf.root_object["/StructTreeRoot"]["/K"]))


def test_paper_is_a_tagged_pdf_with_title_and_language(page: Page) -> None:
    pdf = reader(page(), title="A promise, kept", language="fi")
    root = pdf.root_object
    assert pdf.metadata is not None
    assert pdf.metadata.title == "A promise, kept"
    assert root["/Lang"] == "fi"
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    said = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in said
    assert "A promise, kept" in said


def test_the_tags_tell_headings_tables_and_their_heads(page: Page) -> None:
    kinds = [tag["/S"] for tag in tree(reader(page(rows=3)))]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 2 + 3
    assert kinds.count("/TD") == 3


def test_paper_names_no_author_and_the_same_page_gives_the_same_bytes(page: Page) -> None:
    html = page(rows=3)
    first, second = (as_pdf(html, title="A promise", language="en") for _ in range(2))
    assert first == second
    assert set(PdfReader(BytesIO(first)).metadata or ()) == {"/Title", "/Producer"}


def test_the_marking_stands_at_head_and_foot_of_every_page(page: Page) -> None:
    pdf = reader(page())
    assert len(pdf.pages) >= 3
    for sheet in pdf.pages:
        heights = sorted(y for _x, y in places(sheet, "TLP:AMBER+STRICT"))
        assert heights[0] < 96  # within the upper inch of a sheet of 1123 pixels
        assert heights[-1] > 1123 - 96
        assert sheet.extract_text().count("PAP:RED") == len(heights)


def test_the_marking_is_read_out_once_and_not_on_each_page(page: Page) -> None:
    said = [tag["/S"] for tag in tree(reader(page()))]
    assert said.count("/P") == 2  # marking and text; heads and feet are furniture
    assert said.index("/P") < said.index("/H1")


def test_a_marking_is_printed_in_capitals(page: Page) -> None:
    html = page(rows=0).replace("TLP:AMBER+STRICT", "tlp:amber+strict")
    assert texts(reader(html))[0].count("TLP:AMBER+STRICT") == 3


def test_a_page_for_paper_without_a_marking_is_not_made(bare: Flask) -> None:
    unmarked = '{% extends "pdf/base.html" %}{% block title %}x{% endblock %}'
    with bare.test_request_context("/"), pytest.raises(TemplateRuntimeError, match="marking"):
        render_template_string(unmarked)


def test_every_page_says_what_it_belongs_to_and_which_it_is(page: Page) -> None:
    said = texts(reader(page()))
    for n, text in enumerate(said, start=1):
        assert f"Page {n} of {len(said)}" in text
        assert "C-26-7K3Q9M" in text


def test_heads_of_a_table_come_again_on_each_page_and_no_row_is_torn(page: Page) -> None:
    said = texts(reader(page(rows=30, said="begins " + "word " * 60 + "ends")))
    assert len(said) >= 3
    for text in said:
        assert "What was said" in text
        assert text.count("begins") == text.count("ends")


def test_a_long_word_in_a_cell_is_broken_and_not_cut_off(page: Page) -> None:
    digest = "0123456789abcdef" * 12
    text = texts(reader(page(rows=1, said=digest)))[0]
    assert digest not in text
    assert digest in text.replace("\n", "")


def test_a_picture_has_its_words_and_its_colours(page: Page) -> None:
    pdf = reader(page(rows=0))
    (figure,) = [tag for tag in tree(pdf) if tag["/S"] == "/Figure"]
    assert figure["/Alt"] == "How it stands: kept 3, silent 5"
    drawn = pdf.pages[0].get_contents()
    assert drawn is not None
    green = " ".join(f"{part / 255:.6f}".rstrip("0") for part in (0x2A, 0x7A, 0x4B))
    assert drawn.get_data().count(f"{green} rg".encode()) == 2  # in the picture and in its key


@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC), ("he", HEBREW)])
def test_right_to_left_turns_the_page(page: Page, language: str, words: str) -> None:
    html = page(title=words, text=words, said=f"{words} (TLP:RED) 12", rows=30)
    for direction in ("ltr", "rtl"):
        turned = html.replace('dir="ltr"', f'dir="{direction}"')
        pdf = reader(turned, title=words, language=language)
        assert len(pdf.pages) > 1
        for sheet in pdf.pages:
            ((left, _top),) = places(sheet, "C-26-7K3Q9M")
            assert (left > 400) == (direction == "rtl")
            assert len(places(sheet, "TLP:AMBER+STRICT")) >= 2


def test_our_own_style_and_page_are_all_understood(
    page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="weasyprint")
    reader(page())
    assert not caplog.messages


@pytest.mark.prints
def test_no_log_line_quotes_the_page(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    reader('<html lang="en"><p style="secret: 1">x</p><img src="https://a.example/secret">')
    assert not [line for line in caplog.messages if "secret" in line]


def test_this_machine_makes_pdf() -> None:
    assert available()
