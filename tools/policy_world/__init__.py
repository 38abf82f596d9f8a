"""A small world for the golden matrix: for each noun, one person for each way to stand to it.

The scene of a noun is the function of a module here that is named after it: `notices_scene`.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from portal.rules import RESOURCE_TYPES
from tools.policy_world.maker import NOW, ONESELF, Maker, Scene


def _scenes() -> dict[str, Callable[[Maker], Scene]]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    found = {name: scene for module in modules for name, scene in vars(module).items()}
    return {name: found[f"{name}_scene"] for name in RESOURCE_TYPES}


SCENES = _scenes()
