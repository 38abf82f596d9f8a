"""How it is asked for: a package of pages for each noun, and those without one.

Each package holds a blueprint of its own name.
"""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint


def _blueprints() -> tuple[Blueprint, ...]:
    names = sorted(found.name for found in iter_modules(__path__) if found.ispkg)
    return tuple(getattr(import_module(f"{__name__}.{name}"), name) for name in names)


BLUEPRINTS = _blueprints()
