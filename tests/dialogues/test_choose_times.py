"""Times are chosen in a week, and seen in every city before they are sent."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.poll_builders import TELCO, notified
from tests.dialogues.test_poll import row
from tests.pages import Visitor

Come = Callable[..., Visitor]
MORNING, NIGHT = "2026-12-01T10:00", "2026-12-02T23:00"


def begun(world: World, *names: str) -> tuple[str, str]:
    """A draft with these delegations: its reference, and where its times are proposed."""
    with writing(world.sessions) as session:
        ref = drafted(session, world, *names).ref
    return ref, f"/dialogues/{ref}/poll"


def test_hours_ticked_in_the_week_are_shown_in_each_city_and_then_sent(
    world: World, come: Come
) -> None:
    ref, path = begun(world, "telco", "cloud")
    organiser = come(ORGANISER)
    page = organiser.get(path)
    assert page.page.select_one(f"td input[name=pick][value='{MORNING}']")
    seen = organiser.post(path, page.form() | {"pick": [MORNING, NIGHT]})
    assert "Nothing has been sent yet." in seen.words
    assert "1 of these times is at night for a delegation." in seen.words
    assert notified(world, ref, "poll") == []
    chosen = [str(box["value"]) for box in seen.page.select("input[name=pick][checked]")]
    assert chosen == [MORNING, NIGHT]
    organiser.follow(organiser.post(path, seen.form()))
    assert row(world, ref).state == "polling"


def test_times_that_were_changed_after_the_look_are_shown_again(world: World, come: Come) -> None:
    ref, path = begun(world, "telco")
    organiser = come(ORGANISER)
    seen = organiser.post(path, organiser.get(path).form() | {"pick": [MORNING]})
    again = organiser.post(path, seen.form() | {"pick": [MORNING, NIGHT]})
    assert "Nothing has been sent yet." in again.words
    assert row(world, ref).state == "draft"


def test_another_week_keeps_what_was_ticked(world: World, come: Come) -> None:
    _ref, path = begun(world, "telco")
    organiser = come(ORGANISER)
    other = organiser.post(
        path, organiser.get(path).form() | {"pick": [MORNING], "week": ["2026-12-14"]}
    )
    assert other.status == 200
    assert not other.errors()
    form = other.form()
    assert MORNING in [value for name, (value, *_) in form.items() if name.startswith("at_")]
    back = organiser.post(path, form | {"week": ["2026-11-30"]})
    assert back.page.select_one(f"input[name=pick][value='{MORNING}'][checked]")
    for odd in ("tomorrow", "0001-01-01", "9999-12-31", ""):
        assert organiser.post(path, form | {"week": [odd]}).status == 200, odd


def test_all_suggested_times_are_one_click(world: World, come: Come) -> None:
    ref, path = begun(world, "telco", "cloud", "bank")
    organiser = come(ORGANISER)
    page = organiser.get(path)
    named = [str(box["value"]) for box in page.page.select("#suggested input[name=pick]")]
    assert len(named) == 6
    seen = organiser.post(path, page.form() | {"fill": ["1"]})
    assert seen.form()["seen"] == [" ".join(sorted(named))]
    organiser.follow(organiser.post(path, seen.form()))
    assert row(world, ref).state == "polling"


def test_a_week_without_a_delegation_names_the_fault(world: World, come: Come) -> None:
    _ref, path = begun(world)
    organiser = come(ORGANISER)
    answer = organiser.post(path, organiser.get(path).form() | {"pick": [MORNING]})
    assert (answer.status, "Add a delegation first" in answer.words) == (422, True)


def test_garbled_and_too_many_ticks_are_refused_and_nobody_else_sees_the_page(
    world: World, come: Come
) -> None:
    ref, path = begun(world, "telco")
    organiser = come(ORGANISER)
    form = organiser.get(path).form()
    many = [f"2027-01-{day:02}T{hour:02}:00" for day in range(1, 11) for hour in range(9, 16)]
    assert "at most 60" in organiser.post(path, form | {"pick": many}).words
    assert organiser.post(path, form | {"pick": ["now", "'"]}).status == 422
    assert come(TELCO).get(path).status == 404
    assert row(world, ref).state == "draft"
