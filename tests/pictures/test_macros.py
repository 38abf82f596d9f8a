"""Drawn pictures: well-formed, named, said in words as well, and no text of people is markup."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from markupsafe import Markup

from portal.pictures.bars import bars
from portal.pictures.graph import Edge, Node, graph
from portal.pictures.grid import grid
from portal.pictures.score import gauges
from portal.pictures.series import Point, accounts
from portal.pictures.spread import Item, Step, spread_over
from tools.write_docs import bare_app

ODD = "<&\"> 'x' %(n)s"
START, DAY = datetime(2026, 3, 1, 9, tzinfo=UTC), timedelta(days=1)
WORDS = ("kept", "late", "disputed")
EDGES = [Edge("a", "b", "after", "7 days"), Edge("b", "c", "while"), Edge("c", "d", "together")]
SAID = [Point(START, "report", 2), Point(START + 9 * DAY, "finding", None)]
MAY = (date(2017, 5, 12), date(2017, 5, 31))
Draw = Callable[..., Element]


def nodes(href: str = "", words: str = "Mend it") -> list[Node]:
    marks = {"a": "fulfilled", "b": "in-force", "c": "suspended", "d": "hidden"}
    return [
        Node(key, (words, "Telco"), mark, href if mark != "hidden" else "")
        for key, mark in marks.items()
    ]


PICTURES = {
    "graph": lambda words: graph(nodes(words=words), [*EDGES, Edge("a", "d", "after", words)]),
    "stacked": lambda words: bars([(words, (3, 2, 1)), (words, (0, 0, 0))], (words, "b", "c")),
    "grid": lambda words: grid([words], [words, "Bank"], [[0, 12]]),
    "gauges": lambda words: gauges([(words, 40), (words, None)]),
    "spread": lambda words: spread_over(
        [Step(words, "1 row", [Item((words, words), words, words, MAY, parts=(1, 2, None))])]
    ),
    "accounts": lambda _words: accounts(SAID, START + 30 * DAY),
}
# The files of templates/macros that hold a macro, where it is not pictures.html.
FILES = {name: name for name in ("graph", "accounts", "spread")}
EACH = pytest.mark.parametrize("name", PICTURES)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = bare_app(tmp_path_factory.mktemp("bare"))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def draw(bare: Flask) -> Draw:
    """Draws by a macro and parses what came out as XML, which is stricter than HTML."""

    def drawn(name: str, *given: object) -> Element:
        with bare.test_request_context("/"):
            macros = bare.jinja_env.get_template(
                f"macros/{FILES.get(name, 'pictures')}.html"
            ).module
            return ElementTree.fromstring(f"<div>{getattr(macros, name)(*given)}</div>")

    return drawn


def texts(picture: Element) -> list[str]:
    """All words in the picture itself, line by line."""
    return ["".join(part.itertext()) for part in picture.iter("text")]


def legend(picture: Element) -> list[str]:
    """The words of the legend."""
    return ["".join(part.itertext()) for part in picture.iter("bdi")]


def classes(picture: Element) -> set[str]:
    """Every class there is."""
    return {word for part in picture.iter() for word in part.get("class", "").split()}


@EACH
def test_a_picture_is_a_named_image_in_a_region_that_can_be_pushed(name: str, draw: Draw) -> None:
    picture = draw(name, PICTURES[name]("Telco"), "What came of it")
    (figure,) = picture
    assert figure.tag == "figure"
    assert figure.get("class") == "go-figure go-picture"
    region = figure[0]
    assert region.attrib.items() >= {"role": "region", "tabindex": "0"}.items()
    assert region.get("aria-label") == "Chart: What came of it"
    (svg,) = region
    assert svg.get("role") == "img"
    assert str(svg.get("aria-label")).startswith("What came of it: ")
    _left, _top, width, height = map(float, str(svg.get("viewBox")).split())
    assert (svg.get("width"), svg.get("height")) == (str(width), str(height))
    assert all(part.get("aria-hidden") == "true" for part in svg), "the label says it all"


@EACH
def test_no_text_is_markup_and_none_is_a_message(name: str, draw: Draw) -> None:
    picture = draw(name, PICTURES[name](ODD), ODD)
    known = {"figure", "div", "svg", "g", "path", "rect", "circle", "polygon", "text"}
    known |= {"title", "figcaption", "span", "bdi"}
    assert {part.tag for part in picture.iter()} <= known
    assert str(picture[0][0][0].get("aria-label")).startswith(f"{ODD}: ")
    if name in ("stacked", "gauges", "grid", "graph", "spread"):
        assert "<&" in " ".join(texts(picture))


@EACH
def test_a_picture_has_no_style_no_script_and_no_id(name: str, draw: Draw) -> None:
    for part in draw(name, PICTURES[name]("Telco"), "Title").iter():
        assert not {"style", "id", "onclick", "xlink:href"} & set(part.attrib)


@EACH
def test_every_class_of_a_picture_has_a_style(name: str, draw: Draw) -> None:
    sheet = (Path(__file__).parents[2] / "static" / "portal.css").read_text()
    plain = {"go-scroll-small", "go-tie-after", "go-on-1", "go-on-2", "go-voice-report"}
    plain |= {"go-tie-together", "go-sign-hidden"}
    found = classes(draw(name, PICTURES[name]("Telco"), "Title")) - plain
    assert [word for word in sorted(found) if not re.search(rf"\.{word}\b(?!-)", sheet)] == []


def test_boxes_say_their_mark_by_a_sign_that_the_legend_explains(draw: Draw) -> None:
    drawing = graph(nodes(), EDGES)
    picture = draw("graph", drawing, "Dependency graph")
    svg, caption = picture[0][0][0], picture[0][1]
    signs = {part.get("d") for part in svg.iter("path") if "go-sign" in part.get("class", "")}
    explained = {
        part.get("d") for part in caption.iter("path") if "go-sign" in part.get("class", "")
    }
    assert signs == explained
    assert len(signs) == 4
    assert legend(picture) == [
        "in force",
        "suspended",
        "fulfilled",
        "not shown to you",
        "starts when the other one is fulfilled",
        "in force only while the other one is met",
        "both start together",
    ]
    assert {"go-tie-after", "go-tie-while", "go-tie-together"} <= classes(svg) & classes(caption)
    assert "7 days" in texts(picture)


def test_linked_boxes_make_a_group_of_links_and_named_images(draw: Draw) -> None:
    drawing = graph(nodes(href="/commitments/C-26-AAAAAA?a=1&b=2"), EDGES)
    svg = draw("graph", drawing, "Dependency graph")[0][0][0]
    assert svg.get("role") == "group"
    links = list(svg.iter("a"))
    assert [link.get("aria-label") for link in links] == [
        "Mend it Telco – fulfilled",
        "Mend it Telco – in force",
        "Mend it Telco – suspended",
    ]
    assert {link.get("href") for link in links} == {"/commitments/C-26-AAAAAA?a=1&b=2"}
    (plain,) = (part for part in svg if part.get("role") == "img")
    assert plain.get("aria-label") == "Mend it Telco – not shown to you"
    rest = [part for part in svg if part.tag != "a" and part is not plain]
    assert all(part.get("aria-hidden") == "true" for part in rest)


def test_a_graph_without_marks_or_lines_has_an_empty_legend(draw: Draw) -> None:
    picture = draw("graph", graph([Node("a", (), "")], []), "Alone")
    assert legend(picture) == texts(picture) == []


@pytest.mark.parametrize(
    ("count", "size"), [(1, "small"), (3, "large"), (6, "full")], ids=["one", "three", "six"]
)
def test_how_far_a_picture_may_shrink_goes_by_its_width(count: int, size: str, draw: Draw) -> None:
    keys = "abcdef"[:count]
    chain = [Edge(one, other, "after") for one, other in pairwise(keys)]
    picture = draw("graph", graph([Node(key, (key,), "") for key in keys], chain), "Chain")
    assert f"go-scroll-{size}" in classes(picture)


def test_bars_are_told_apart_by_stripes_and_say_their_sums(draw: Draw) -> None:
    drawing = bars([("May", (3, 2, 1)), ("June", (4, 0, 0))], WORDS)
    picture = draw("stacked", drawing, "By month")
    svg, caption = picture[0][0][0], picture[0][1]
    assert svg.get("aria-label") == "By month: kept 7, late 2, disputed 1"
    assert legend(picture) == list(WORDS)
    assert len([part for part in caption.iter("path") if part.get("class") == "go-stripes"]) == 2
    assert [part.text for part in svg.iter("title")] == [
        "May: kept 3",
        "May: late 2",
        "May: disputed 1",
        "June: kept 4",
    ]
    assert {"May", "June", "6", "4", "0", "2"} <= set(texts(picture))


def test_two_sorts_of_one_name_are_summed_together_not_lost(draw: Draw) -> None:
    svg = draw("stacked", bars([("May", (3, 2))], ("kept", "late")), "By month")[0][0][0]
    assert svg.get("aria-label") == "By month: kept 3, late 2"


def test_cells_have_their_number_and_the_legend_its_steps(draw: Draw) -> None:
    counts = [[0, 1], [3, 4], [9, 10]]
    picture = draw("grid", grid(["a", "b", "c"], ["Telco", "Bank"], counts), "Norms")
    assert texts(picture)[-6:] == ["0", "1", "3", "4", "9", "10"]
    assert legend(picture) == ["0", "1", "2–3", "4–9", "10+"]
    assert picture[0][0][0].get("aria-label") == "Norms: total 27"
    shades = [
        str(part.get("class")).split("-")[-1]
        for part in picture[0][0].iter("rect")
        if "go-cell" in str(part.get("class"))
    ]
    assert shades == ["0", "1", "2", "3", "3", "4"]


def test_gauges_say_their_value_or_that_nothing_was_found_yet(draw: Draw) -> None:
    picture = draw("gauges", gauges([("Hygiene", 40), ("Rights", None), ("Help", 0)]), "Themes")
    assert picture[0][0][0].get("aria-label") == (
        "Themes: Hygiene 40, Rights no finding yet, Help 0"
    )
    filled = [part for part in picture.iter("rect") if part.get("class") == "go-filled"]
    assert len(filled) == 1
    empty = [part for part in picture.iter("rect") if "go-track-none" in str(part.get("class"))]
    assert len(empty) == 1


def test_voices_differ_by_sign_and_dash_and_name_their_last_words(draw: Draw) -> None:
    picture = draw("accounts", accounts(SAID, START + 30 * DAY), "Two accounts")
    assert picture[0][0][0].get("aria-label") == (
        "Two accounts: self-report intermediate, verification finding no evidence"
    )
    svg = picture[0][0][0]
    assert len(list(svg.iter("circle"))) == len(list(svg.iter("polygon"))) == 1
    assert "accounts differ" in texts(picture)
    assert [word for word in texts(picture) if "2026" in word][::4] == ["1 Mar 2026", "31 Mar 2026"]


def test_voices_that_agree_or_are_silent_show_no_difference(draw: Draw) -> None:
    picture = draw("accounts", accounts(SAID[:1], START + 30 * DAY), "Two accounts")
    assert "accounts differ" not in texts(picture)
    label = str(picture[0][0][0].get("aria-label"))
    assert label.endswith("verification finding none yet")


def test_the_table_beside_a_picture_is_folded_named_and_headed(draw: Draw) -> None:
    rows = [[ODD, 3], [Markup("<b>Telco</b>"), 4]]
    (fold,) = draw("as_table", "By party", ["Party", "Kept"], rows)
    assert (fold.tag, fold.get("class")) == ("details", "go-fold")
    assert fold[0].text == "By party (table)"
    region = fold[1]
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-label") == "By party"
    (table,) = region
    assert [head.get("scope") for head in table.iter("th")] == ["col", "col", "row", "row"]
    assert [head.text for head in table.iter("th")][:3] == ["Party", "Kept", ODD]
    assert [cell.text for cell in table.iter("td")] == ["3", "4"]
    assert table.find(".//b") is not None, "a link made by the page stays one"
