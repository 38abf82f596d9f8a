"""A form that is refused names all that it misses at once, each with a link to its field.

That each link of a summary leads to something on the page is checked of every page a visitor gets.
What is missing is found before a row is read; what no field can take is tried on PostgreSQL alone,
which breaks on a value of another type where SQLite does not.
"""

from collections.abc import Callable

import pytest
from bs4 import Tag

from portal.db import writing
from tests.cast import World
from tests.dialogues.decision_builders import asked, seated
from tests.forms.filled import TELCO, Sent, typed
from tests.forms.scenes import SCENES
from tests.forms.test_creates_once import BUTTONS, chosen, form_of, ready
from tests.pages import Answer, Visitor, fields_of

Come = Callable[..., Visitor]
TYPED = {"text", "number", "date", "datetime-local", "email", "url", "search"}
APART = {"csrf_token", "form_key"}
# What no field takes, and what Python reads as a number that nothing can be compared with.
ODD = ("?" * 12, "9" * 400)


def untouched(form: Tag) -> dict[str, list[str]]:
    """The form as somebody sends it who has typed and chosen nothing."""
    values = fields_of(form)
    for field in form.select("input[name], textarea[name]"):
        if field.name == "textarea" or field.get("type", "text") in TYPED:
            values[str(field["name"])] = [""]
    return values


def garbled(form: Tag, odd: str) -> dict[str, list[str]]:
    """The form with what no field can take in each of them, hidden ones too."""
    names = {str(field["name"]) for field in form.select("[name]")}
    return {name: [odd] for name in names - APART} | {
        name: values for name, values in fields_of(form).items() if name in APART
    }


def named(answer: Answer) -> set[str]:
    """The fields that the summary leads to."""
    return {str(a["href"])[1:] for a in answer.page.select("main [role=alert] a[href^='#']")}


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("endpoint", sorted(SCENES.keys() - BUTTONS))
def test_what_is_missing_is_named_at_once_and_can_be_reached(
    world: World, come: Come, endpoint: str
) -> None:
    sent = ready(world, SCENES[endpoint])
    visitor = come(sent.who)
    form = form_of(visitor, sent)
    empty, good = untouched(form), typed(fields_of(form) | chosen(form), sent)
    for odd in ODD:
        answer = visitor.post_bare(sent.path, garbled(form, odd))
        assert answer.status < 500
        assert "Not a valid" not in answer.page.get_text(), "in the words of the library"
    first = visitor.post_bare(sent.path, empty)
    if first.status == 422:  # whatever was not missing may be empty
        missing = named(first)
        given = {name: said for name, said in good.items() if name in missing}
        again = visitor.post_bare(sent.path, empty | given)
        assert named(again) - missing == set(), "it was missing before, and not said"


def test_a_side_that_is_none_can_be_reached(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        number = asked(session, world, dialogue).id
    telco = come(TELCO)
    sent = Sent(TELCO, f"/dialogues/{dialogue.ref}/decide/{number}")
    answer = telco.post_bare(sent.path, untouched(form_of(telco, sent)) | {"side": ["0"]})
    assert answer.status == 422
    assert {"side", "stance"} <= named(answer)
