"""The field for a whole number: what does not fit in a column is refused beside it.

Python reads numbers of 4,000 digits, digits of other scripts and `1_0`; whoever then compares them
with a limit, or adds them to a day, gets an error. So all numbers of forms are read here.
"""

from typing import Any

from wtforms import IntegerField

from portal.language import gettext
from portal.parsing import whole
from portal.words import N_

NO_NUMBER = N_("Write a whole number.")


class WholeField(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A whole number in ASCII digits, below zero or not, that a column of numbers holds."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was sent, as a number; what is none stands in the field as it was typed."""
        if not valuelist:
            return
        typed = valuelist[0].strip()
        number = whole(typed.removeprefix("-"))
        self.data = None
        if number is None:
            raise ValueError(gettext(NO_NUMBER))
        self.data = -number if typed.startswith("-") else number
