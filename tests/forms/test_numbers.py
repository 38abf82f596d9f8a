"""Numbers of forms are read in one place: in plain digits, and none that nothing can hold."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form, IntegerField
from wtforms.validators import NumberRange

from blueprints.numbers import WholeField
from portal.parsing import LARGEST
from tests.architecture.files import python_files, short

FIELDS = {"count": WholeField(validators=[NumberRange(-5, LARGEST)])}
ONE_NUMBER = type(Form)("OneNumber", (Form,), FIELDS)


def read(app: Flask, typed: str) -> tuple[int | None, list[str]]:
    """What is read of what was typed, and what is said of it."""
    with app.test_request_context():
        form = ONE_NUMBER(MultiDict({"count": typed}))
        form.validate()
        return form.count.data, form.count.errors


@pytest.mark.parametrize(
    ("typed", "number"), [("0", 0), (" 12 ", 12), ("-3", -3), (str(LARGEST), LARGEST)]
)
def test_a_number_is_read(app: Flask, typed: str, number: int) -> None:
    assert read(app, typed) == (number, [])


@pytest.mark.parametrize(
    "typed", ["9" * 400, "9" * 5000, str(LARGEST + 1), "1_0", "\u0661", "\xb2", "+1", "--1", "1.0"]
)
def test_what_is_no_number_that_fits_is_said_beside_it(app: Flask, typed: str) -> None:
    number, said = read(app, typed)
    assert number is None
    assert said


def test_every_form_reads_its_numbers_so() -> None:
    own = {
        short(path)
        for path in python_files("blueprints")
        if IntegerField.__name__ in path.read_text()
    }
    assert own == {"blueprints/numbers.py"}
