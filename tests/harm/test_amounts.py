"""Not known is never 0: through form, sum, page and file, whatever the amounts are."""

import csv
import operator
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.harm.forms import PARTS, typed_from
from portal import harm
from portal.db import writing
from portal.harm import NOT_KNOWN, Amount, read_part, totals, written
from portal.recipients import RecipientList
from tests.cast import World
from tests.factories import published as notice_of
from tests.harm.builders import cited, published, text
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
PART = st.none() | st.integers(0, 10**15)
AMOUNT = st.builds(Amount, PART, PART, PART, unit=st.sampled_from(("machines", "people")))


@given(AMOUNT)
def test_a_form_and_a_file_give_back_what_is_not_known(amount: Amount) -> None:
    shown = typed_from(text(amount=amount), RecipientList(), "")
    for name in PARTS:
        part = getattr(amount, name)
        assert read_part(shown[name]) == part
        assert read_part(written(part)) == part
        assert (part is None) == (written(part) == NOT_KNOWN)
        assert (part is None) == (shown[name] == "")


@given(st.lists(AMOUNT), st.integers(1, 5))
def test_a_row_of_which_nothing_is_known_changes_no_sum(amounts: list[Amount], more: int) -> None:
    rows = [(amount, False) for amount in amounts]
    unknown = [(Amount(unit="machines"), False)] * more
    before = {one.unit: one for one in totals(rows)}
    after = {one.unit: one for one in totals(rows + unknown)}
    machines = after["machines"]
    if "machines" in before:
        said = replace(before["machines"], unknown=machines.unknown)
        assert machines == said
    else:
        assert (machines.low, machines.high, machines.rows) == (None, None, 0)
    assert machines.unknown == more + (before["machines"].unknown if "machines" in before else 0)


@given(st.lists(AMOUNT, min_size=1))
def test_a_sum_has_an_end_only_where_a_row_has_one_and_says_what_it_leaves_out(
    amounts: list[Amount],
) -> None:
    for one in totals((amount, False) for amount in amounts):
        mine = [amount for amount in amounts if amount.unit == one.unit]
        lows = [amount.low for amount in mine if amount.low is not None]
        highs = [amount.high for amount in mine if amount.known]
        assert one.low == (sum(lows) if lows else None)
        assert (one.high is None) == (not highs or None in highs)
        assert one.rows + one.unknown == len(mine)
        assert one.without_low == one.rows - len(lows)


def test_an_amount_has_no_truth_and_is_not_added() -> None:
    with pytest.raises(TypeError):
        bool(Amount())
    with pytest.raises(TypeError):
        operator.add(Amount(best=1), Amount(best=2))
    assert Amount(best=0).known
    assert not Amount(unit="people").known


def test_different_measures_and_totals_are_not_added() -> None:
    usd, gbp = (Amount(best=10, currency=one) for one in ("USD", "GBP"))
    world = Amount(lower=100, currency="USD")
    found = totals([(usd, False), (gbp, False), (world, True), (replace(usd, year=2017), False)])
    assert [(one.currency, one.year, one.low, one.holding) for one in found] == [
        ("GBP", None, 10, 0),
        ("USD", None, 10, 1),
        ("USD", 2017, 10, 0),
    ]


def test_a_companys_range_and_a_mediators_figure_are_both_in_the_sum(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace")
        said = {"notice_id": notice.id}
        published(session, world, "peace", **said)
        cited(session, world, "telco", amount=Amount(lower=20, unit="servers"), **said)
        published(session, world, "peace", title="More", amount=Amount(unit="servers"), **said)
        published(session, world, "peace", title="Zero", amount=Amount(best=0, unit="hospitals"),
                  **said)  # fmt: skip
        on = notice.ref
    mediator = visit("mediator@peace")
    words = mediator.get(f"/harm/together/{on}").words
    assert "at least 60." in words, "a row without an upper end leaves the sum without one"
    assert "2 rows are in it." in words
    assert "1 has no upper end, so it may be more." in words
    assert "Left out: 1 that is not known." in words
    assert "40 to 55 servers" in words
    assert "at least 20 servers" in words
    assert "0 hospitals" in words
    rows = list(
        csv.reader(StringIO(mediator.get(f"/harm/together/{on}/csv").text.lstrip("\ufeff")))
    )
    heads, lines = rows[0], {row[2]: row for row in rows[1:]}
    least, best = heads.index("At the least"), heads.index("Best estimate")
    assert lines["More"][least : least + 3] == [NOT_KNOWN] * 3
    assert lines["Zero"][best] == "0"
    assert [read_part(cell) for cell in lines["Servers wiped"][least : least + 3]]


def test_not_known_is_said_on_the_page_of_a_row(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", amount=Amount(unit="people")).ref
    for path in (f"/harm/{ref}", "/harm/"):
        words = visit("mediator@peace").get(path).words
        assert "not known" in words
        assert " 0 " not in words.replace("Good Offices 0", ""), path
    assert harm.totals([]) == []
