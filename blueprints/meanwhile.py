"""What somebody else saved while a form was open, field by field as the form words it.

A form that was filled with what is saved, and then with what was sent, has both: nothing more is
read. Who is on a list and not shown to the writer is no choice of the form, and is not named.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from wtforms import TextAreaField
from wtforms.fields import HiddenField

from blueprints.audience_forms import KeptForm, Meaning
from portal import web
from portal.comparing import Change, lines
from portal.language import gettext


def fields_saved_meanwhile(
    form: KeptForm,
    version: int,
    said: Mapping[str, Callable[[Any], str]] | None = None,
    but: tuple[str, ...] = (),
) -> list[Change]:
    """The fields of which something else is saved than was typed; `said` words them.

    Whoever sends the form again puts the one in place of the other knowingly. Fields named in `but`
    are part of what is sent, and not of what is saved.
    """
    web.only_read()  # nobody waits to write while texts are compared
    form.version.data = str(version)
    found = []
    for field in form:
        if isinstance(field, HiddenField) or field.name in but:
            continue
        in_words = (said or {}).get(field.name) or _words_of(field)
        typed, saved = in_words(field.data), in_words(field.object_data)
        if typed != saved:
            parts = lines(typed, saved) if isinstance(field, TextAreaField) else ()
            found.append(Change(field.name, typed, saved, parts))
    return found


def _words_of(field: Any) -> Callable[[Any], str]:
    choices = getattr(field, "choices", None)
    return _plain if choices is None else lambda value: _chosen(choices, value)


def _chosen(choices: Any, value: Any) -> str:
    keys = value if isinstance(value, list | tuple) else [value]
    chosen = {str(key) for key in keys}
    labels = (choice.label for choice in choices if str(choice.value) in chosen)
    return ", ".join(str(one.word if isinstance(one, Meaning) else one) for one in labels)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else "\n".join(str(value).split("\r\n")).strip()
