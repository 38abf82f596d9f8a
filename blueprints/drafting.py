"""What the pages share on which a draft is written, whatever it is a draft of."""

from dataclasses import replace
from typing import Any

from blueprints.audience_forms import KeptForm
from portal import web
from portal.comparing import Change, changes


def titled(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, for a look at the audience: that does not wait for a title."""
    return {**typed, "text": replace(typed["text"], title=typed["text"].title or "-")}


def saved_meanwhile(
    form: KeptForm, typed: Any, kept: Any, version: int, *, by_words: bool = False
) -> list[Change]:
    """What somebody else saved meanwhile, compared with what was typed.

    Both are shown, and whoever sends the form again puts the one in place of the other knowingly.
    """
    web.only_read()  # nobody waits to write while texts are compared
    form.version.data = str(version)
    return changes(typed.as_json(), kept.as_json(), by_words=by_words)
