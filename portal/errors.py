"""What can be wrong with a request; `portal.web` turns these errors into pages."""

from collections.abc import Mapping


class PortalError(Exception):
    """The root of what a person can be told."""


class NotFound(PortalError):
    """Absent, or hidden from this person: the two look alike."""


class Refused(PortalError):
    """Visible, but not this person's to do."""


class Untrained(Refused):
    """Theirs to do once they have completed a unit of training; says what, and with what."""

    def __init__(self, verb: str, noun: str, ref: str) -> None:
        super().__init__(verb)
        self.verb, self.noun, self.ref = verb, noun, ref


class TooLate(PortalError):
    """The person's to do, but not in the present state, or somebody was faster."""


class Said(str):
    """A message id together with the values that fill it in once it is translated."""

    values: dict[str, str]

    def __new__(cls, message: str, **values: str) -> "Said":
        """Keep the values beside the text."""
        said = super().__new__(cls, message)
        said.values = values
        return said


class Invalid(PortalError):
    """Input that cannot be taken: a message id for each field (see `portal.words`)."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)


def refuse(problems: Mapping[str, str]) -> None:
    """Raise Invalid when there is any problem."""
    if problems:
        raise Invalid(problems)
