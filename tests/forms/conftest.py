"""A visitor at a time of the test's own."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from portal import web
from tests.cast import NOW, World
from tests.pages import Visitor, sign_in


@pytest.fixture
def come(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Visitor]:
    """Signs in somebody of the cast; it is `at` for everybody from then on."""

    def arrive(name: str, at: datetime = NOW) -> Visitor:
        monkeypatch.setattr(web, "read_clock", lambda: at)
        return sign_in(app, world, name, at)

    return arrive
