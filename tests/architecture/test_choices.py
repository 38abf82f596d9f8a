"""No form publishes what nobody chose: lists begin with nothing chosen, or say why not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from wtforms import Form, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from blueprints.choices import HARMLESS, ChosenField, ChosenRadio
from models.commitments import Commitment
from models.dialogues import Dialogue
from models.notices import Notice
from models.processes import Process
from models.stakeholders import Organisation
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor

# Radio buttons without a first choice that the service itself refuses to be without.
CHECKED = {"ConveneForm.slot", "SayForm.step", "ImportForm.part", "ImportForm.tlp"}


def forms(kind: Any = Form) -> Iterator[Any]:
    """Every form of the portal that changes something, each class once."""
    for one in kind.__subclasses__():
        yield from forms(one)
        filters = any("Meta" in vars(c) for c in one.__mro__ if "blueprints" in c.__module__)
        ours = one.__module__.startswith("blueprints.") and not one.__name__.startswith("_")
        if ours and not filters:
            yield one


def choices_of(form: Any) -> Iterator[tuple[str, Any]]:
    for name in dir(form):
        field = getattr(form, name)
        kind = getattr(field, "field_class", None)
        single = (
            kind and issubclass(kind, SelectField) and not issubclass(kind, SelectMultipleField)
        )
        if single:
            yield name, field


def named(form: Any, name: str) -> set[str]:
    return {f"{one.__name__}.{name}" for one in form.__mro__}


def test_every_choice_has_to_be_made_or_is_harmless(app: Flask) -> None:
    open_ended, found = set(), set()
    for form in set(forms()):
        for name, field in choices_of(form):
            said = named(form, name) & set(HARMLESS)
            found |= said
            needed = issubclass(field.field_class, ChosenField | ChosenRadio)
            no_default = issubclass(field.field_class, RadioField) and "default" not in field.kwargs
            asked = any(isinstance(v, InputRequired) for v in field.kwargs.get("validators", ()))
            if not (said or needed or (no_default and (asked or named(form, name) & CHECKED))):
                open_ended.add(f"{form.__name__}.{name}")
    assert app
    assert not open_ended
    assert found == set(HARMLESS), "a reason for a field that is not there"


@pytest.mark.parametrize(
    ("name", "path", "typed", "model", "fields"),
    [
        ("liaison@telco", "/notices/new", {"title": "A"}, Notice, {"kind", "tlp", "pap"}),
        ("liaison@telco", "/commitments/new", {"title": "A"}, Commitment, {"theme", "tlp"}),
        ("mediator@peace", "/dialogues/new", {"title": "A"}, Dialogue, {"rule", "format"}),
        (
            "steward@portal",
            "/stakeholders/new",
            {"name": "A"},
            Organisation,
            {"kind", "country", "zone"},
        ),
    ],
)
def test_a_form_whose_lists_are_left_alone_writes_nothing(
    world: World,
    visit: Callable[[str], Visitor],
    name: str,
    path: str,
    typed: dict[str, str],
    model: Any,
    fields: set[str],
) -> None:
    visitor = visit(name)
    page = visitor.get(path)
    for field in fields:
        assert not page.page.select(f"input[name={field}][checked]")
    before = count(world, model)
    answer = visitor.post(path, {**page.form(), **typed})
    assert answer.status == 422
    assert dict.fromkeys(fields, "Choose one.").items() <= answer.errors().items()
    assert count(world, model) == before
    assert count(world, Process) == 0


def count(world: World, model: Any) -> int:
    with reading(world.sessions) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0
