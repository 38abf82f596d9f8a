"""How harm spread: of what the person reads alone, not known is said, picture and table agree."""

import csv
import struct
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.ledger import AuditEvent
from portal import harm
from portal.db import reading, writing
from portal.harm import NOT_KNOWN, Amount, Narrow
from portal.harm.regions import COUNTRIES, NO_COUNTRY, NO_REGION, REGIONS, region_of
from portal.harm.spreading import placed
from portal.harm.words import REACHED_AS
from tests.cast import NOW, World
from tests.factories import published as notice_of
from tests.harm.builders import cited, published
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
SVG = "{http://www.w3.org/2000/svg}"


def spread_out(world: World) -> str:
    """Harm on a notice: dated and undated, known and not, by every way."""
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "bank")
        said: dict[str, Any] = {"notice_id": notice.id}
        published(
            session, world, "peace", title="Undated", amount=Amount(unit="people"),
            holds_others=True, **said,
        )  # fmt: skip
        for n, way in enumerate(REACHED_AS):
            published(
                session, world, "peace", title=f"By {way}", reached_as=way, country="UA",
                sector="health", from_on=f"2017-0{n + 1}", amount=Amount(best=n, unit="trusts"),
                **said,
            )  # fmt: skip
        return notice.ref


def seen(answer: Answer) -> list[str]:
    """The titles of the rows of the table, in their order."""
    return [cell.get_text(" ", strip=True) for cell in answer.page.select("tbody th a")]


def test_it_goes_from_the_first_target_on_and_what_is_not_known_stands_last(
    world: World, visit: Visit
) -> None:
    ref = spread_out(world)
    page = visit("mediator@peace").get(f"/harm/spread/{ref}")
    assert seen(page) == [*(f"By {way}" for way in REACHED_AS), "Undated"]
    assert "First target or spread: not known" in page.words
    assert "At the least: not known · Best estimate: 0 · At the most: not known" in page.words
    assert "At the least: not known · Best estimate: not known" in page.words


def test_the_picture_says_what_the_table_says(world: World, visit: Visit) -> None:
    page = visit("mediator@peace").get(f"/harm/spread/{spread_out(world)}")
    drawn = page.page.select("svg[role=group] a[href^='/harm/E-']")
    rows = page.page.select("table")[0].select("tbody tr")
    assert len(drawn) == len(rows) == len(REACHED_AS) + 1
    for link, row in zip(drawn, rows, strict=True):
        words = " ".join(row.get_text().split())
        label = str(link["aria-label"])
        title, about, *when, amount = label.split("; ")
        assert title.split(" ", 1)[1] in words
        for said in (about, "; ".join(when), amount):
            assert said in words, (said, words)
        assert str(link["href"]) in {str(a["href"]) for a in row.select("a")}


@pytest.mark.both_engines
def test_what_is_hidden_leaves_no_trace(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "bank")
        said: dict[str, Any] = {"notice_id": notice.id, "country": "UA", "from_on": "2017-06-27"}
        published(session, world, "peace", "bank", reached_as="first", **said)
        ref = notice.ref
    paths = [f"/harm/spread/{ref}{end}" for end in ("", "/csv", "/svg", "?region=002")]
    reader = visit("liaison@bank")
    before = [main_of(reader.get(path)) for path in paths]
    with writing(world.sessions) as session:
        said |= {"from_on": "2015-01", "until_on": "2018", "said_on": "2019", "country": "KE"}
        much = Amount(lower=10**9, upper=10**12, unit="servers")
        published(session, world, "peace", reached_as="update", amount=much, **said)
        cited(session, world, "telco", reached_as="network", amount=Amount(), **said)
    assert [main_of(reader.get(path)) for path in paths] == before
    assert len(seen(visit("mediator@peace").get(paths[0]))) > 1
    assert visit("liaison@cloud").get(paths[0]).status == 404
    assert visit("liaison@cloud").get(paths[2]).status == 404


def main_of(answer: Answer) -> str:
    """What an answer says, of a page its middle (its frame holds marks of its own moment)."""
    found = answer.page.select_one("main") if answer.text.lstrip().startswith("<!") else None
    return str(found) if found else answer.text


def test_each_number_leads_to_its_rows(world: World, visit: Visit) -> None:
    ref = spread_out(world)
    mediator = visit("mediator@peace")
    page = mediator.get(f"/harm/spread/{ref}")
    links = page.page.select("a.go-count")
    assert len(links) == len(REACHED_AS) + 1 + 2  # the steps; Europe, and no country
    for link in links:
        many = int(str(link.find(string=True)).strip())
        assert len(seen(mediator.get(str(link["href"])))) == many > 0
    assert "no row that you can read" in page.words


def test_regions_sum_their_rows_and_a_region_without_row_is_not_nought(
    world: World, visit: Visit
) -> None:
    ref = spread_out(world)
    page = visit("mediator@peace").get(f"/harm/spread/{ref}")
    lines = {
        row.select("th")[0].get_text(strip=True): " ".join(row.get_text(" ").split())
        for row in page.page.select("table")[1].select("tbody tr")
    }
    assert list(lines) == list(REGIONS.values())
    assert "5 rows are in it." in lines["Europe"]
    assert "Jan 2017" in lines["Europe"]
    assert "Left out: 1 total that counts others again." in lines["Country not known"]
    for silent in ("Africa", "Americas", "Asia", "Oceania"):
        assert "no row that you can read" in lines[silent]
        assert "0" not in lines[silent]


def test_files_are_marked_and_in_the_trail(world: World, visit: Visit) -> None:
    ref = spread_out(world)
    mediator = visit("mediator@peace")
    drawn = mediator.get(f"/harm/spread/{ref}/svg")
    picture = ElementTree.fromstring(drawn.text)
    words = " ".join(
        " ".join("".join(part.itertext()) for part in picture.iter(f"{SVG}text")).split()
    )
    assert words.startswith("TLP:AMBER+STRICT")
    assert "By update" in words
    assert "TLP-AMBER-STRICT" in drawn.headers["Content-Disposition"]
    assert not list(picture.iter(f"{SVG}a")), "a file leads nowhere"
    answer = mediator.get(f"/harm/spread/{ref}/csv")
    heads, *rows = csv.reader(StringIO(answer.text.lstrip("\ufeff")))
    least = heads.index("At the least")
    assert [row[heads.index("Harm")] for row in rows][-1] == "Undated"
    assert rows[-1][least : least + 3] == [NOT_KNOWN] * 3
    assert rows[0][heads.index("Region")] == "Europe"
    with world.sessions() as session:
        kept = [event.detail["format"] for event in session.scalars(
            select(AuditEvent).where(AuditEvent.verb == "export"))]  # fmt: skip
    assert kept == ["svg", "csv"]


def test_what_is_garbled_in_an_address_narrows_nothing(world: World, visit: Visit) -> None:
    ref = spread_out(world)
    page = visit("mediator@peace").get(f"/harm/spread/{ref}?step=%3Cb%3E&region=999")
    assert len(seen(page)) == len(REACHED_AS) + 1


def test_a_step_is_narrowed_in_the_service_too(world: World) -> None:
    ref = spread_out(world)
    with world.sessions() as session:
        actor = world.actors["mediator@peace"]
        found = harm.spread(session, actor, ref, NOW, narrowed=Narrow("update", "150"))
        none = harm.spread(session, actor, ref, NOW, narrowed=Narrow("update", "002"))
    assert [one.row.title for one in found.rows] == ["By update"]
    assert not none.rows


@given(st.permutations(range(6)), st.lists(st.text(max_size=9), min_size=6, max_size=6))
def test_the_order_is_the_day_and_the_alphabet_never_the_actor(
    order: list[int], names: list[str]
) -> None:
    days = ("2017-06", "", "2017-06", "2016", "", "2017-06-27")
    rows = [
        SimpleNamespace(
            title=title, from_on=day, until_on="", said_on="", reached_as="", country="", who=name,
            said_by=name, lower=None, best=None, upper=None, unit="", currency="", year=None,
            holds_others=False,
        )
        for title, day, name in zip("cbaefd", days, names, strict=True)
    ]  # fmt: skip
    found = [one.row.title for one in placed(rows[n] for n in order)]
    assert found == ["e", "a", "c", "d", "b", "f"]


def test_each_country_has_one_region_and_some_have_none() -> None:
    codes = [code for every in COUNTRIES.values() for code in every.split()]
    assert len(codes) == len(set(codes)) == 247
    assert set(codes) <= set(Locale("en").territories)
    assert region_of("UA") == region_of("GB") == "150"
    assert region_of("AQ") == region_of("XK") == NO_REGION
    assert region_of("") == NO_COUNTRY


@pytest.mark.prints
@pytest.mark.laid_out
def test_the_picture_is_a_png_with_receipts(world: World, visit: Visit) -> None:
    ref = spread_out(world)
    answer = visit("mediator@peace").get(f"/harm/spread/{ref}/png")
    assert answer.body.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", answer.body[16:24])
    assert width > 1000
    assert height > 500, "twice as fine as its pixels"
    with reading(world.sessions) as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.verb == "export")).all()
    assert [row.detail["format"] for row in rows] == ["png"]
    assert visit("liaison@cloud").get(f"/harm/spread/{ref}/png").status == 404


def test_the_regions_have_a_picture_and_their_sums_as_files(world: World, visit: Visit) -> None:
    ref, mediator = spread_out(world), visit("mediator@peace")
    path = f"/harm/spread/{ref}"
    page = mediator.get(f"{path}?by=region")
    heads = [one.get_text(" ", strip=True) for one in page.page.select("svg text.go-first")]
    many = len(REACHED_AS)
    assert f"Europe: {many} rows" in heads
    assert "Africa: no row that you can read" in heads
    files = [str(link["href"]) for link in page.page.select(f"main a.btn[href^='{path}/']")]
    assert files == [f"{path}/{made_as}?by=region" for made_as in ("svg", "png", "csv")]
    svg = mediator.get(f"{path}/svg?by=region")
    assert f"regions-{ref}-TLP-AMBER-STRICT" in svg.headers["Content-Disposition"]
    assert f"Europe: {many} rows" in svg.body.decode()
    table = mediator.get(f"{path}/csv?by=region").body.decode("utf-8-sig")
    lines = {(row["Region"], row["Unit"]): row for row in csv.DictReader(StringIO(table))}
    assert len(lines) == len(REGIONS)
    europe = lines["Europe", "trusts"]
    assert europe["Sum of the lower ends"] == str(sum(range(many)))
    assert europe["Rows in the sum"] == str(many)
    unknown = lines["Country not known", "people"]
    assert unknown["Sum of the lower ends"] == unknown["Sum of the upper ends"] == NOT_KNOWN
    nothing = lines["Africa", NOT_KNOWN]
    assert nothing["Rows"] == "no row that you can read"
    assert "0" not in nothing.values(), "of what is not known nothing is 0"
