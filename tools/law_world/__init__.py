"""A small world for the golden matrix: for each noun, one person for each way to stand to it."""

from collections.abc import Callable

from tools.law_world.clauses import clauses_scene
from tools.law_world.commitments import commitments_scene
from tools.law_world.dialogues import dialogues_scene
from tools.law_world.maker import NOW, ONESELF, Maker, Scene
from tools.law_world.notices import notices_scene
from tools.law_world.processes import processes_scene
from tools.law_world.records import records_scene
from tools.law_world.stakeholders import (
    groups_scene,
    offers_scene,
    office_scene,
    organisations_scene,
    people_scene,
)

SCENES: dict[str, Callable[[Maker], Scene]] = {
    "notices": notices_scene,
    "commitments": commitments_scene,
    "processes": processes_scene,
    "dialogues": dialogues_scene,
    "records": records_scene,
    "organisations": organisations_scene,
    "people": people_scene,
    "groups": groups_scene,
    "offers": offers_scene,
    "clauses": clauses_scene,
    "office": office_scene,
}

__all__ = ["NOW", "ONESELF", "SCENES", "Maker", "Scene"]
