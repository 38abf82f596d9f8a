"""One-line texts: what is kept of them, and that each column that holds one keeps no more."""

import json

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, HiddenField, StringField, TextAreaField

from models import Base
from models.lines import CONTROLS, UNSEEN, in_lines, on_one_line
from models.notices import Notice
from portal.forms import InnerForm
from portal.parsing import NOT_IN_XML
from tests.architecture.files import python_files, short

# What people or files bring has room for as many characters; keys and states have less.
ROOM = 60
# Wide columns that are no texts of one line, by their last word.
APART = {
    "many lines": {"why", "reason", "ended_reason", "picked_reason", "summary", "purpose",
        "channels"},
    "spelled by models.names": {"name", "email", "second_email", "cover_name", "number",
        "folded"},
    "spelled by their own rules": {"zone", "reply_by_zone", "openpgp", "smime", "query", "type",
        "category", "media_type", "mail"},
    "compared, and shown to nobody": {"issuer", "subject", "jti", "sid", "acr", "provider"},
    "made by the portal": {"sha256", "json_sha256", "stix_sha256", "digest", "previous", "key_hash",
        "stored_name", "endpoint", "cause", "secret"},
}  # fmt: skip
SPELLED = {"offers", "organisations", "people", "sharing_groups"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Quarterly report", "Quarterly report"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("a\0b\x1b[31m\x85c\u2028d\u2029e", "a b [31m c d e"),
        ("\u200b\ufeff\u2060 \u3164\U000e0041", ""),
        ("\u2067שלום\u2069 world", "שלום world"),
        ("تقرير عن الحادث", "تقرير عن الحادث"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("ad\u200dmin \u200cx", "admin x"),
        ("ش\u200c\u200cx", "ش\u200cx"),
        ("\N{WOMAN}\u200d\N{PERSONAL COMPUTER}", "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}"),
        ("co\u00adoperate", "cooperate"),
        ("a\ud800b", "a b"),
        ("\U0003fffd", "\U0003fffd"),
    ],
)
def test_a_text_on_one_line(typed: str, kept: str) -> None:
    assert on_one_line(typed) == kept
    assert on_one_line(kept) is kept, "nothing is changed twice, and nothing copied"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\tb\r\nc\nd\re", "a\tb\r\nc\nd\ne"),
        ("a\0b\x07\x1bc\x9b", "abc"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("see \u202eDCBA\u202c.", "see \u202eDCBA\u202c."),
        ("see \u202eDCBA\nnext\u202c", "see DCBA\nnext"),
        ("\u2066x\u202ey\u2069 z\u202c", "\u2066x\u202ey\u2069 z"),
        ("\u202a\u2067x\u202c", "x"),
        ("\u2069\u202cx", "x"),
        ("می\u200cخواهم\u200f\u200b", "می\u200cخواهم\u200f\u200b"),
    ],
)
def test_a_text_of_many_lines(typed: str, kept: str) -> None:
    assert in_lines(typed) == kept
    assert in_lines(kept) == kept


SIGNS = "a ش\n\r\t\0\x1b\x85\u200b\u200d\u202a\u202e\u202c\u2067\u2069\ud800"
HOSTILE = st.text(st.sampled_from(SIGNS))


FIELDS = {
    "title": StringField(),
    "body": TextAreaField(),
    "name": StringField(),
    "email": EmailField(),
    "mark": HiddenField(),
}
ONE_OF_EACH = type(InnerForm)("OneOfEach", (InnerForm,), FIELDS | {"spelled": {"name"}})


@given(HOSTILE)
def test_whatever_is_typed_hides_nothing_and_turns_no_other_line(typed: str) -> None:
    line, lines = on_one_line(typed), in_lines(typed)
    assert not UNSEEN.search(line)
    assert not CONTROLS.search(lines)
    for text in (line, lines):
        assert not NOT_IN_XML.search(text)
        assert json.dumps(text).encode().decode("utf-8")
    for one in lines.split("\n"):
        begins = sum(one.count(sign) for sign in "\u202a\u202e")
        assert one.count("\u2067") >= one.count("\u2069")
        assert begins or not one.count("\u202c")
    assert on_one_line(line) == line
    assert in_lines(lines) == lines


def test_a_column_of_one_line_keeps_one_whoever_sets_it() -> None:
    notice = Notice(title="Invoice\u202efdp\0")
    assert notice.title == "Invoice fdp"
    notice.title = "\u2066x\u200b y"
    assert notice.title == "x y"


def test_each_wide_column_is_a_line_or_said_to_be_none() -> None:
    wide = {
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.c
        if type(column.type) is String and (column.type.length or 0) >= ROOM
        if column.name not in set().union(*APART.values())
        or (column.name == "name" and table.name not in SPELLED)
    }
    assert not wide, "models.lines.Line cleans what is set; others are named above, with why"


def test_what_is_typed_is_cleaned_and_a_name_is_not(app: Flask) -> None:
    with app.test_request_context():
        form = ONE_OF_EACH(MultiDict(dict.fromkeys(FIELDS, "a\u202eb\x07\n\u200bc")))
    assert form.title.data == "a b c"
    assert form.body.data == "ab\n\u200bc"
    assert form.name.data == form.email.data == form.mark.data == "a\u202eb\x07\n\u200bc"


def test_every_form_reads_its_fields_so() -> None:
    bases = ("FlaskForm", "Form")
    found = {
        f"{short(path)}: {line.strip()}"
        for path in python_files("portal", "blueprints")
        for line in path.read_text().splitlines()
        if line.startswith("class ") and any(f"({base})" in line for base in bases)
    }
    assert {one.partition(":")[0] for one in found} == {"portal/forms.py"}
