"""A form to send, and what is sent of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from tests.cast import World

TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"
ORGANISER, MEDIATOR, STEWARD = "coordinator@peace", "mediator@peace", "steward@portal"


@dataclass(frozen=True)
class Sent:
    """A form to send: by whom, to which address, from which page, with what typed into it.

    `other` names the field that is typed otherwise for the second try; empty for a button.
    """

    who: str
    path: str
    values: dict[str, Any] = field(default_factory=dict)
    other: str = ""
    page: str = ""


Scene = Callable[[Session, World], Sent]


def typed(form: dict[str, list[str]], sent: Sent, *, otherwise: bool = False) -> dict[str, Any]:
    """What is sent: the form with what is typed into it; files are opened anew each time."""
    values: dict[str, Any] = {**form, **sent.values}
    if otherwise and sent.other:
        values[sent.other] = _other(values[sent.other])
    return {
        name: (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        for name, value in values.items()
    }


def _other(value: Any) -> Any:
    if isinstance(value, tuple):
        return (value[0] + b" ", value[1])
    return f"{value}1" if value.isdigit() else f"{value} again"
