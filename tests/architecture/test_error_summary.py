"""The summary of a form names each fault in words, with a link to its field, however deep."""

from flask import Flask, render_template_string
from wtforms import FieldList, FormField, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

from portal.forms import BaseForm, InnerForm
from tests.pages import Answer


class Inner(InnerForm):
    name = StringField("Name", validators=[InputRequired("A name is missing.")])
    seats = IntegerField("Seats", validators=[NumberRange(1, 9, "From 1 to 9.")])


class Outer(BaseForm):
    class Meta:
        csrf = False

    title = StringField("Title", validators=[InputRequired("A title is missing.")])
    home = FormField(Inner, label="Home")
    delegations = FieldList(FormField(Inner), label="Delegations", max_entries=9)
    words = FieldList(StringField(validators=[InputRequired("A word is missing.")]), label="Words")


def test_c9_each_fault_is_a_sentence_with_a_link(app: Flask) -> None:
    sent = {
        "home-name": "", "home-seats": "12", "words-0": "", "words-1": "yes",
        "delegations-0-name": "Peace", "delegations-0-seats": "3",
        "delegations-1-name": "", "delegations-1-seats": "x",
    }  # fmt: skip
    with app.test_request_context("/", method="POST", data=sent):
        form = Outer()
        assert not form.validate_on_submit()
        form.form_errors.append("It is too late.")
        source = '{% from "macros/forms.html" import summary %}{{ summary(form) }}'
        page = Answer(200, {}, render_template_string(source, form=form).encode())
    said = [" ".join(line.get_text(" ").split()) for line in page.page.select("li")]
    assert said == [
        "It is too late.",
        "Title : A title is missing.",
        "Home, Name : A name is missing.",
        "Home, Seats : From 1 to 9.",
        "Delegations 2, Name : A name is missing.",
        "Delegations 2, Seats : Not a valid integer value.",
        "Delegations 2, Seats : From 1 to 9.",
        "Words 1 : A word is missing.",
    ]
    links = [str(link["href"]) for link in page.page.select("a")]
    assert links == ["#title", "#home-name", "#home-seats", "#delegations-1-name",
                     "#delegations-1-seats", "#delegations-1-seats", "#words-0"]  # fmt: skip
    assert "{" not in page.words
