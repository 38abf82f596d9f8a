"""The best time comes first, and each says in words why it stands where it does."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.days import ZONES
from portal.slots import Answered, Offer, Ranked, Side, hour_sort, rank

NOW = datetime(2027, 3, 20, 9, tzinfo=UTC)
NOON, HOUR = datetime(2027, 3, 25, 10, tzinfo=UTC), timedelta(hours=1)
YES, MAYBE, NO = (
    Answered(yes=1, as_one=True),
    Answered(if_need_be=1, as_one=True),
    Answered(no=1, as_one=True),
)
CLOUD = Side(1, "Cloud", "Europe/Helsinki", True, 2)
BANK = Side(2, "Bank", "Africa/Nairobi", True, 1)
TELCO = Side(3, "Telco", "Asia/Singapore", False, 1)
GUEST = Side(4, "Guest", "Europe/Helsinki", False, 1)
SIDES = (CLOUD, BANK, TELCO, GUEST)


def offers(count: int, apart: timedelta = timedelta(days=1)) -> list[Offer]:
    return [Offer(10 + n, NOON + n * apart, 60) for n in range(count)]


def answers(*lines: str) -> dict[tuple[int, int], Answered]:
    """Answers of the sides to each offer, such as "y?n-" (yes, if need be, no, silent)."""
    said = {"y": YES, "?": MAYBE, "n": NO}
    return {
        (10 + n, side.key): said[email]
        for n, line in enumerate(lines)
        for side, email in zip(SIDES, line, strict=True)
        if email in said
    }


def words(ranked: Ranked) -> list[str]:
    """The reasons as a page says them."""
    return [reason % getattr(reason, "values", {}) for reason in ranked.reasons]


def one(line: str) -> Ranked:
    (ranked,) = rank(offers(1), SIDES, answers(line), NOW)
    return ranked


# The line above is better than the line below.
BETTER = {
    "possible before impossible": ("y?--", "ynyy"),
    "more required that can": ("-y--", "--yy"),
    "of two that cannot, the silent one": ("-ynn", "nyyy"),
    "more of all that can": ("yyy-", "yyn-"),
    "fewer only if need be": ("yyyy", "yy?y"),
    "a yes of anybody is worth no more than an if need be of one more": ("yy??", "yyyn"),
}


@pytest.mark.parametrize(("better", "worse"), BETTER.values(), ids=BETTER)
@pytest.mark.parametrize("turned", [False, True])
def test_what_makes_an_offer_better(better: str, worse: str, turned: bool) -> None:
    lines = (worse, better) if turned else (better, worse)
    first, second = rank(offers(2), SIDES, answers(*lines), NOW)
    assert (first.offer.key, second.offer.key) == ((11, 10) if turned else (10, 11))


def test_fewer_nights_and_then_the_sooner() -> None:
    night, day, later = (
        Offer(10, NOON + 8 * HOUR, 60),
        Offer(11, NOON + 24 * HOUR, 60),
        Offer(12, NOON + 48 * HOUR, 60),
    )
    ranked = rank([later, night, day], SIDES, answers("yyyy", "yyyy", "yyyy"), NOW)
    assert [entry.offer.key for entry in ranked] == [11, 12, 10]
    assert [len(entry.nights) for entry in ranked] == [0, 0, 1]


@pytest.mark.parametrize("turned", [False, True])
def test_fewer_only_if_need_be_weighs_more_than_fewer_nights(turned: bool) -> None:
    night, day = Offer(10, NOON + 8 * HOUR, 60), Offer(11, NOON + 24 * HOUR, 60)
    ranked = rank([day, night] if turned else [night, day], SIDES, answers("yyyy", "yyy?"), NOW)
    assert [len(entry.nights) for entry in ranked] == [1, 0], "at night, but nobody reluctantly"
    assert [entry.if_need_be for entry in ranked] == [0, 1]


@pytest.mark.parametrize("turned", [False, True])
def test_fewer_nights_weigh_more_than_sooner_and_sooner_more_than_first_offered(
    turned: bool,
) -> None:
    all_said = {(key, side.key): YES for key in (10, 11, 12, 13) for side in SIDES}
    late_key = Offer(13, NOON, 60)
    made = [Offer(10, NOON + 24 * HOUR, 60), Offer(11, NOON - 16 * HOUR, 60), late_key]
    made.append(Offer(12, NOON, 60))
    ranked = rank(made[::-1] if turned else made, SIDES, all_said, NOW)
    assert [entry.offer.key for entry in ranked] == [12, 13, 10, 11]
    assert [bool(entry.nights) for entry in ranked] == [False, False, False, True]


def test_past_offers_are_impossible_and_last() -> None:
    past, running = Offer(10, NOW - HOUR, 60), Offer(11, NOW, 60)
    ahead = Offer(12, NOON, 60)
    ranked = rank([past, running, ahead], SIDES, answers("yyyy", "yyyy", "nnnn"), NOW)
    assert [(entry.offer.key, entry.past) for entry in ranked] == [
        (12, False),
        (10, True),
        (11, True),
    ]
    assert not any(entry.possible for entry in ranked)
    assert words(ranked[1])[0] == "This time has passed"
    assert ranked[1].blockers == ()


@pytest.mark.parametrize(
    ("said", "stand"),
    [
        (Answered(yes=2, asked=3), "yes"),
        (Answered(yes=2, no=1, asked=3), "yes"),
        (Answered(yes=1, if_need_be=1, asked=3), "if_need_be"),
        (Answered(if_need_be=3, asked=3), "if_need_be"),
        (Answered(yes=1, asked=3), "silent"),
        (Answered(yes=1, no=1, asked=3), "silent"),
        (Answered(yes=1, no=2, asked=3), "no"),
        (Answered(no=2, asked=3), "no"),
        (Answered(no=1, asked=1), "no"),
        (Answered(yes=1, asked=1), "no"),
        (Answered(asked=3), "silent"),
        (Answered(asked=1), "silent"),
        (Answered(asked=0), "silent"),
        (None, "silent"),
        (Answered(yes=1, as_one=True), "yes"),
        (Answered(if_need_be=1, as_one=True), "if_need_be"),
        (Answered(no=1, as_one=True), "no"),
        (Answered(as_one=True), "silent"),
    ],
)
def test_a_side_of_two_seats_can_when_two_of_its_people_can(
    said: Answered | None, stand: str
) -> None:
    given_ = {(10, CLOUD.key): said} if said else {}
    (ranked,) = rank(offers(1), [CLOUD], given_, NOW)
    counts = {"yes": ranked.yes, "if_need_be": ranked.if_need_be, "no": ranked.no}
    counts["silent"] = len(ranked.silent)
    assert counts == {"yes": 0, "if_need_be": 0, "no": 0, "silent": 0} | {stand: 1}
    assert ranked.possible == (stand in ("yes", "if_need_be"))
    assert ranked.blockers == (() if ranked.possible else (CLOUD,))


def test_a_side_that_need_not_come_blocks_nothing() -> None:
    ranked = one("yynn")
    assert ranked.possible
    assert ranked.no == 2
    assert one("yy--").possible


def test_reasons_say_it_in_words() -> None:
    assert words(one("yyyy")) == ["All required delegations can attend", "4 of 4 can attend"]
    assert words(one("yy?n")) == [
        "All required delegations can attend",
        "3 of 4 can attend, 1 of them only if need be",
    ]
    assert words(one("ny--")) == [
        "Required but cannot attend: Cloud",
        "1 of 4 can attend",
        "No response: 2",
    ]
    assert words(one("n-yy")) == [
        "Required but cannot attend: Cloud",
        "Required, no response: Bank",
        "2 of 4 can attend",
        "No response: 1",
    ]


def test_where_nobody_must_come_nothing_is_said_of_it() -> None:
    said = {(10, side.key): YES for side in (TELCO, GUEST)}
    (ranked,) = rank(offers(1), [TELCO, GUEST], said, NOW)
    assert words(ranked) == ["2 of 2 can attend"]
    assert ranked.possible


def test_too_few_people_are_counted_against_their_seats() -> None:
    said = {(10, CLOUD.key): Answered(yes=1, no=2, asked=3)}
    (ranked,) = rank(offers(1), [CLOUD], said, NOW)
    assert words(ranked)[0] == "Required, but too few can attend: Cloud (1/2)"


def test_nights_are_named_with_their_local_hours() -> None:
    at_three = Offer(10, datetime(2027, 3, 25, tzinfo=UTC), 120)
    nairobi = Side(2, "Nairobi side", "Africa/Nairobi", True, 1)
    (ranked,) = rank([at_three], [nairobi, TELCO], {(10, 2): YES, (10, 3): YES}, NOW)
    assert ranked.nights == (nairobi,)
    assert words(ranked)[-1] == "Night for: Nairobi side (03:00–05:00)"


def test_many_names_end_in_a_number() -> None:
    many = [Side(n, f"Side {n}", "Pacific/Honolulu", True, 1) for n in range(20)]
    (ranked,) = rank(offers(1), many, {(10, n): NO for n in range(20)}, NOW)
    cannot, _count, nights = words(ranked)
    assert cannot.endswith("Side 6, Side 7 (+12)")
    assert nights.endswith("Side 7 (00:00–01:00) (+12)")
    assert len(ranked.blockers) == len(ranked.nights) == 20


def test_names_are_values_and_no_messages() -> None:
    odd = Side(1, "100 %(who)s %d", "UTC", True, 1)
    (ranked,) = rank(offers(1), [odd], {(10, 1): NO}, NOW)
    assert words(ranked)[0] == "Required but cannot attend: 100 %(who)s %d"


def test_nothing_offered_or_nobody_asked() -> None:
    assert rank([], SIDES, {}, NOW) == []
    (ranked,) = rank(offers(1), [], {}, NOW)
    assert ranked.possible
    assert words(ranked) == ["0 of 0 can attend"]


people = st.builds(
    Answered, *[st.integers(0, 3)] * 3, asked=st.integers(0, 9), as_one=st.booleans()
)
tables = st.dictionaries(st.tuples(st.integers(10, 14), st.integers(1, 4)), people)


@given(tables, st.permutations(offers(5, 5 * HOUR)), st.integers(-10, 30))
def test_the_order_holds_whatever_is_answered(
    said: dict[tuple[int, int], Answered], given_: list[Offer], later: int
) -> None:
    now = NOON + later * HOUR
    ranked = rank(given_, SIDES, said, now)
    assert ranked == rank(offers(5, 5 * HOUR), SIDES, said, now), "whatever order they come in"
    assert sorted(entry.offer.key for entry in ranked) == [10, 11, 12, 13, 14]
    scores = []
    for entry in ranked:
        assert entry.yes + entry.if_need_be + entry.no + len(entry.silent) == len(SIDES)
        assert entry.possible == (not entry.blockers and entry.offer.starts_at > now)
        assert all(side.required for side in entry.blockers)
        assert entry.nights == tuple(
            side
            for side in SIDES
            if hour_sort(entry.offer.starts_at, entry.offer.minutes, side.zone) == "night"
        )
        scores.append((entry.possible, not entry.past, -len(entry.blockers)))
    assert scores == sorted(scores, reverse=True)


def calls(act: Callable[[], object]) -> int:
    """How many functions are called meanwhile: the same on every machine, however busy."""
    count = 0

    def see(_frame: object, event: str, _more: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def test_two_hundred_sides_and_forty_offers_are_ranked_at_once() -> None:
    """Each answer is looked at a few times, and none again for another side or offer."""

    def ranked(many_sides: int, many_offers: int) -> list[Ranked]:
        chance, zones = Random(1), sorted(ZONES)[:100]
        sides = [Side(n, f"Side {n}", zones[n % 100], n % 3 == 0, 2) for n in range(many_sides)]
        said = {
            (offer.key, side.key): Answered(chance.randint(0, 2), chance.randint(0, 2), 0, 4)
            for offer in offers(many_offers, 5 * HOUR)
            for side in sides
        }
        found: list[Ranked] = []
        made = offers(many_offers, 5 * HOUR)
        counts.append(calls(lambda: found.extend(rank(made, sides, said, NOW))))
        return found

    counts: list[int] = []
    ranked(100, 20)
    assert len(ranked(200, 40)) == 40
    small, large = counts
    assert large < 5 * small, "four times the answers"
    assert large < 20 * 200 * 40, "so many calls for each answer"
