"""Hours as a page shows them: a named image, its legend, and a table that says the same."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from portal.days import ZONES
from portal.pictures.hours import SIGNS, HoursDrawing, hours
from portal.slots import Side, Sort
from tests.pictures.test_colours import colours, contrast
from tests.pictures.test_hours import BEFORE, SIDES, offers, sides
from tools.write_docs import bare_app

ODD = "<&\"> 'x' %(n)s"
HOUR = timedelta(hours=1)
CAPTION = "Who would sit when"
Draw = Callable[..., Element]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = bare_app(tmp_path_factory.mktemp("bare"))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def draw(bare: Flask) -> Draw:
    """Draws by the macro and parses what came out as XML, which is stricter than HTML."""

    def drawn(drawing: HoursDrawing, caption: str = CAPTION) -> Element:
        with bare.test_request_context("/"):
            macros = bare.jinja_env.get_template("macros/hours.html").module
            return ElementTree.fromstring(f"<div>{macros.hours(drawing, caption)}</div>")

    return drawn


def said(part: Element) -> str:
    """The words of an element, on one line."""
    return " ".join("".join(part.itertext()).split())


FRIDAY = datetime(2027, 3, 26, tzinfo=UTC)  # and Saturday further east
WHOLE = hours(
    offers(FRIDAY, FRIDAY + 11 * HOUR, FRIDAY + 20 * HOUR),
    [*SIDES, Side(9, "Telco", "Asia/Singapore", False, 1)],
    "Europe/Helsinki",
)


def test_the_picture_is_a_named_image_in_a_region_that_can_be_pushed(draw: Draw) -> None:
    figure = draw(WHOLE)[0]
    region = figure[0]
    assert region.attrib.items() >= {"role": "region", "tabindex": "0"}.items()
    assert region.get("aria-label") == f"Chart: {CAPTION}"
    (svg,) = region
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == f"{CAPTION}: zones 3, times 3, at night 5"
    assert all(part.get("aria-hidden") == "true" for part in svg)


def test_each_meeting_says_its_local_start_and_night_by_a_sign(draw: Draw) -> None:
    svg = draw(WHOLE)[0][0][0]
    words = [said(part) for part in svg.iter("text") if "go-sits" in str(part.get("class"))]
    assert words == [
        *("Fri 02:00", "Fri 13:00", "Fri 22:00"),
        *("Fri 03:00", "Fri 14:00", "Fri 23:00"),
        *("Fri 08:00", "Fri 19:00", "(Sat) 04:00"),
    ]
    signs = [part.get("d") for part in svg.iter("path") if part.get("transform")]
    assert signs.count(SIGNS[Sort.NIGHT]) == 5
    assert signs.count(SIGNS[Sort.EDGE]) == 1
    assert "1 · Fri 26 Mar" in {said(part) for part in svg.iter("text")}
    assert len(list(svg.iter("polygon"))) == 1, "Helsinki ends at midnight, Nairobi goes on"


def test_the_legend_explains_every_form(draw: Draw) -> None:
    caption = draw(WHOLE)[0][1]
    assert [said(part) for part in caption] == [
        "day, 08:00–18:00",
        "early or late, from 07:00 and until 22:00",
        "night",
        "the meeting",
        "a meeting early or late",
        "a meeting at night",
        "continues after midnight",
        "(day) in brackets: weekend",
        "Times in Europe/Helsinki",
    ]
    drawn = {part.get("d") for part in caption.iter("path")}
    assert drawn == {SIGNS[Sort.EDGE], SIGNS[Sort.NIGHT]}
    quiet = hours(offers(BEFORE + 8 * HOUR), SIDES[:1])
    assert [said(part) for part in draw(quiet)[0][1]][4:] == ["Times in UTC"]


def test_the_table_below_says_the_same(draw: Draw) -> None:
    table = next(draw(WHOLE).iter("table"))
    assert [said(head) for head in table.iter("th")] == [
        "Zone",
        "1 · Fri 26 Mar 2027, 02:00 EET",
        "2 · Fri 26 Mar 2027, 13:00 EET",
        "3 · Fri 26 Mar 2027, 22:00 EET",
        "Europe/Helsinki: Side Europe/Helsinki",
        "Africa/Nairobi: Side Africa/Nairobi",
        "Asia/Singapore: Side Asia/Singapore, Telco",
    ]
    cells = [said(cell) for cell in table.iter("td")]
    assert cells[:3] == [
        "Fri 26 Mar 2027, 02:00 EET – 04:00: at night",
        "Fri 26 Mar 2027, 13:00 EET – 15:00: in the day",
        "Fri 26 Mar 2027, 22:00 EET – Sat 27 Mar 2027, 00:00 EET: at night",
    ]
    assert cells[7:] == [
        "Fri 26 Mar 2027, 19:00 UTC+08:00 – 21:00: early or late",
        "Sat 27 Mar 2027, 04:00 UTC+08:00 – 06:00: at night, weekend",
    ]


def test_a_change_of_clocks_is_told_with_both_names(draw: Draw) -> None:
    change = hours(offers(datetime(2027, 3, 28, 0, 30, tzinfo=UTC)), sides("Europe/Helsinki"))
    (cell,) = draw(change).iter("td")
    assert said(cell) == (
        "Sun 28 Mar 2027, 02:30 EET – Sun 28 Mar 2027, 05:30 EEST: at night, weekend"
    )


def test_zones_that_are_not_drawn_are_counted_in_words(draw: Draw) -> None:
    for count, words in ((13, "and 1 more zone"), (20, "and 8 more zones")):
        svg = draw(hours(offers(BEFORE), sides(*sorted(ZONES)[:count])))[0][0][0]
        assert said(list(svg.iter("text"))[-1]) == words


def test_no_text_is_markup_and_nothing_has_a_style_a_script_or_an_id(draw: Draw) -> None:
    picture = draw(hours(offers(BEFORE), [Side(1, ODD, "UTC", True, 1)]), ODD)
    assert str(picture[0][0][0].get("aria-label")).startswith(f"{ODD}: ")
    assert ODD in {said(part) for part in picture[0].iter("text")}
    assert [said(name) for name in next(picture.iter("table")).iter("bdi")] == [ODD]
    for part in picture.iter():
        assert not {"style", "id", "onclick", "xlink:href"} & set(part.attrib)


@pytest.mark.parametrize("sheet", ["portal.css", "paper-pictures.css"])
def test_every_class_of_the_picture_has_a_style(sheet: str, draw: Draw) -> None:
    text = (ROOT / "static" / sheet).read_text()
    found = {
        word
        for part in draw(WHOLE)[0][0][0].iter()
        for word in str(part.get("class", "")).split()
        if word.startswith(("go-hours", "go-meets", "go-words", "go-small", "go-first", "go-axis"))
    }
    plain = {"go-meets-day", "go-meets-edge"}
    assert {"go-hours-night", "go-meets-night", "go-words"} <= found
    assert [word for word in sorted(found - plain) if not re.search(rf"\.{word}\b", text)] == []


@pytest.mark.parametrize("light", ["light", "dark"])
def test_meetings_stand_out_from_the_hours_behind_them(light: str) -> None:
    found = colours(light)
    for meeting in ("link", "warn"):
        for hour in ("sheet", "shade-1", "shade-2"):
            assert contrast(found[meeting], found[hour]) >= 3
    assert contrast(found["warn"], found["sheet"]) >= 4.5, "words of a meeting at night"
    assert contrast(found["edge"], found["sheet"]) >= 3, "the outline of the day"
