"""The shipped scenarios: complete, playable, invented; a faulty file stops the start."""

import pytest

from models.exercises import InjectKind
from portal.scenarios import SHIPPED, Scenario, ScenarioFault, read_scenario
from portal.scenarios.shipped import FOLDER, ORDER

EVERY = [scenario for found in SHIPPED.values() for scenario in found.values()]


def test_every_file_is_offered() -> None:
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.md")} == set(ORDER)
    assert all("en" in found for found in SHIPPED.values())


@pytest.mark.parametrize("scenario", EVERY, ids=lambda one: f"{one.key}-{one.language}")
def test_each_can_be_played_in_its_time(scenario: Scenario) -> None:
    timed = [one.minute for one in scenario.injects if one.minute is not None]
    assert timed == sorted(timed)
    assert timed[0] == 0
    assert timed[-1] <= scenario.minutes - 5, "time is left for the last one"
    assert any(one.minute is None for one in scenario.injects)
    assert {one.kind for one in scenario.injects} == set(InjectKind)
    reached = {party for one in scenario.injects for party in one.to or scenario.parties}
    assert reached == set(scenario.parties)
    assert len(scenario.aims) >= 3
    assert "invented" in scenario.body


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++\ntitle", "title", "no front matter"),
        ("minutes = 40", "minutes = ", "wiper"),
        ('kind = "news"', 'kind = "rumour"', "no kind of inject"),
        ("minute = 14", "minute = 41", "outside the exercise"),
        ('to = ["Mediation team"]', 'to = ["Nobody"]', "is no party"),
        ("summary = ", "short = ", "needs exactly"),
    ],
)
def test_a_faulty_file_says_where(old: str, new: str, said: str) -> None:
    text = (FOLDER / "wiper.en.md").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ScenarioFault, match=said):
        read_scenario(text.replace(old, new, 1), "wiper", "en")


def test_a_file_without_a_situation_is_refused() -> None:
    text = (FOLDER / "leak.en.md").read_text(encoding="utf-8")
    front = text.rpartition("+++\n")[0]
    with pytest.raises(ScenarioFault, match="no situation"):
        read_scenario(f"{front}+++\n", "leak", "en")
