"""What can be wrong with a request, in the words of the law; the hall turns them into answers."""

from collections.abc import Mapping


class PortalError(Exception):
    """The root of what a person can be told."""


class NotFound(PortalError):
    """Absent, or hidden from this person: the two look alike."""


class Refused(PortalError):
    """Visible, but not this person's to do."""


class TooLate(PortalError):
    """The person's to do, but not in the present state, or somebody was faster."""


class Invalid(PortalError):
    """Input that cannot be taken: a message id for each field (see `portal.words`)."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)
